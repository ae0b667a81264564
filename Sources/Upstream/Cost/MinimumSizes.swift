internal import GraphQL

/// The fewest bytes that objects take in a response, given the fields selected on them.
struct MinimumSizes {
    private let plan: Plan
    private var sizes: [PlanSelectionID: Int] = [:]

    init(plan: Plan) {
        self.plan = plan
    }

    /// The fewest bytes of each row that a field shows: a connection shows them in `nodes` or `edges`.
    mutating func bytes(ofRows field: PlanFieldID) -> Int {
        let rows = plan.fields(named: "nodes", on: field) + plan.fields(named: "edges", on: field)
        if !rows.isEmpty { return rows.reduce(0) { $0.addingSaturating(bytes(of: $1)) } }
        return bytes(of: field)
    }

    /// The fewest bytes of one object that a field shows.
    private mutating func bytes(of field: PlanFieldID) -> Int {
        guard let selection = plan[field].selection else { return 1 }
        if let known = sizes[selection] { return known }
        sizes[selection] = 2
        let variants = plan[selection].variants.map { variant in
            // `"key":` and a value of one byte at least; members are separated by commas.
            variant.fields.reduce(2) { $0.addingSaturating(plan[$1].responseKey.utf8.count + 5) }
        }
        let size = variants.min() ?? 2
        sizes[selection] = size
        return size
    }
}
