internal import GraphQL

/// The keys of one entity type that an operation asks for, in all its steps together: they may be looked for together.
struct EntityTally {
    let entity: Entity
    /// The steps that ask, with the most keys of each and the most workspaces that these are from.
    private(set) var steps: [(index: Int, keys: Int, workspaces: Int)] = []
    private(set) var keys = 0
    /// Keys that are guaranteed, by workspace.
    private var guaranteed: [Int: Set<String>] = [:]
    /// The first step with a guaranteed key.
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

    /// Adds a key that is guaranteed to be looked up.
    mutating func addGuaranteed(_ key: String, workspace: Int, step: Int) {
        firstGuaranteedStep = firstGuaranteedStep ?? step
        guaranteed[workspace, default: []].insert(key)
    }

    /// The guaranteed calls.
    ///
    /// - Parameter scans: whether pages of the collection may be read instead: one could have all objects.
    /// - Returns: the number of calls.
    func leastCalls(scans: Bool) -> Int {
        guaranteed.values.reduce(0) { $0 + (scans ? 1 : $1.count) }
    }
}
