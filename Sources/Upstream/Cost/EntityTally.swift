internal import GraphQL

/// The keys of one entity type that an operation asks for, in all its steps together: they may be looked for together.
struct EntityTally {
    let entity: Entity
    /// The steps that ask, with the most keys of each and the most workspaces that these are from.
    private(set) var steps: [(index: Int, keys: Int, workspaces: Int)] = []
    private(set) var keys = 0
    /// Keys that are certain, by workspace.
    private var guaranteed: [Int: Set<String>] = [:]
    /// The first step with a key that is certain.
    private(set) var firstGuaranteedStep: Int?
    /// Whether something else can bring the objects before they are asked for.
    var isBroughtOtherwise = false

    init(entity: Entity) {
        self.entity = entity
    }

    /// Adds what one step asks for.
    mutating func add(keys: Int, workspaces: Int, step: Int) {
        self.keys = self.keys.addingSaturating(keys)
        steps.append((step, keys, workspaces))
    }

    /// Adds a key that is certain to be asked for.
    mutating func addGuaranteed(_ key: String, workspace: Int, step: Int) {
        firstGuaranteedStep = firstGuaranteedStep ?? step
        guaranteed[workspace, default: []].insert(key)
    }

    /// The most pages of the collection that are read in vain: each key may still be fetched by itself after that.
    ///
    /// Keys that are looked for together have a credit. Where they are looked for in groups, small groups have more of
    /// it than their share, but pages that one has read cost the others nothing.
    ///
    /// - Parameters:
    ///   - keys: how many keys there are, in whatever groups.
    ///   - workspaces: how many workspaces they are from at most.
    ///   - shares: whether a request makes each call once.
    /// - Returns: the number of pages.
    static func pagesInVain(keys: Int, workspaces: Int, shares: Bool) -> Int {
        guard keys > 1 else { return 0 }
        return shares ? min(keys - 1, keys / 4 + 3 * max(1, workspaces)) : keys / 2
    }

    /// The calls that are certain.
    ///
    /// - Parameter scans: whether pages of the collection may be read instead: one could have all objects.
    /// - Returns: the number of calls.
    func leastCalls(scans: Bool) -> Int {
        guaranteed.values.reduce(0) { $0 + (scans ? 1 : $1.count) }
    }
}
