internal import GraphQL
internal import JSON

/// Reads the keys of a field's parents; rows in a row that name the same entity are looked up once.
// PERF: measured with 100 rows of 10 authors: a closure for each row, and the copies of need and resolver that it brings,
// cost more than all else that is done for the row.
struct EntityKeys {
    private let source: Binding.KeySource?
    /// Where the key's member was in the last row.
    private var hint = 0
    /// The parent whose key was looked up last, and what came of it.
    private var last: (node: Int, position: Int?)?

    init(of need: Need, table: BindingTable) {
        if case .entity(_, let source) = table[need.binding] { self.source = source } else { source = nil }
    }

    /// The position of each parent's key among those that are wanted, to which new ones are added; nil for one without key.
    mutating func positions(
        of need: Need,
        in resolver: UpstreamResolver,
        among wanted: inout WantedEntities
    ) -> [Int?] {
        guard let source else { return need.parents.map { _ in nil } }
        var positions: [Int?] = []
        positions.reserveCapacity(need.parents.count)
        var index = 0
        while index < need.parents.count {
            // Parents of one document stand together.
            let number = need.parents[index].document
            let document = need.documents[Int(number)]
            let workspace = resolver.workspace(of: document, need)
            last = nil
            while index < need.parents.count, need.parents[index].document == number {
                let node = Int(need.parents[index].node)
                index += 1
                guard let workspace else {
                    positions.append(nil)
                    continue
                }
                switch source {
                case .argument(let name):
                    let key = need.arguments[name]?.scalarText
                    positions.append(key.map { wanted.add($0, in: workspace) })
                case .member(let member):
                    positions.append(position(of: member, in: document.json, node, workspace, &wanted))
                }
            }
        }
        return positions
    }

    private mutating func position(
        of member: JSONKey,
        in json: JSONDocument,
        _ parent: Int,
        _ workspace: Int,
        _ wanted: inout WantedEntities
    ) -> Int? {
        guard let node = json.member(member, of: parent, hint: &hint) else { return nil }
        // PERF: lists are often sorted or grouped; comparing bytes is cheaper than making and hashing a string.
        if wanted.isSharing, let last, json.hasSameText(last.node, node) { return last.position }
        let position = json.scalarText(of: node).map { wanted.add($0, in: workspace) }
        last = (node, position)
        return position
    }
}
