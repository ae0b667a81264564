internal import GraphQL

/// The keys of one entity type that an operation asks for, in all its steps together: they may be looked for together.
struct EntityTally {
    let entity: Entity
    /// The steps that ask, with the most keys of each.
    private(set) var steps: [(index: Int, keys: Int)] = []
    private(set) var keys = 0
    /// Keys that are certain, by workspace.
    private var certain: [Int: Set<String>] = [:]
    /// The first step with a key that is certain.
    private(set) var firstCertainStep: Int?
    /// Whether something else can bring the objects before they are asked for.
    var isBroughtOtherwise = false

    init(entity: Entity) {
        self.entity = entity
    }

    /// Adds what one step asks for.
    mutating func add(keys: Int, step: Int) {
        self.keys = self.keys.addingUpToCeiling(keys)
        steps.append((step, keys))
    }

    /// Adds a key that is certain to be asked for.
    mutating func addCertain(_ key: String, workspace: Int, step: Int) {
        firstCertainStep = firstCertainStep ?? step
        certain[workspace, default: []].insert(key)
    }

    /// The most pages of the collection that a step reads in vain, its share of those that all steps read.
    ///
    /// One page is looked at if it can save two calls. How many there are in all is known then, and the others are read
    /// if they are fewer than the keys. Each key may still be fetched by itself after that, should no page have it.
    ///
    /// - Parameters:
    ///   - keys: the step's share of `total`.
    ///   - total: the keys of all steps, which may be looked for together or not.
    ///   - isPaged: whether the collection has pages; otherwise it is one.
    /// - Returns: the number of pages.
    static func pages(for keys: Int, of total: Int, isPaged: Bool) -> Int {
        if total < 2 { return 0 }
        if total == 2 { return isPaged ? 1 : 0 }
        return isPaged ? keys : (keys + 2) / 3
    }

    /// The calls that are certain.
    ///
    /// - Parameter scans: whether pages of the collection may be read instead: one could have all objects.
    /// - Returns: the number of calls.
    func leastCalls(scans: Bool) -> Int {
        certain.values.reduce(0) { $0 + (scans ? 1 : $1.count) }
    }
}
