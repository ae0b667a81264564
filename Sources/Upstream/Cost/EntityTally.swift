internal import GraphQL
internal import JSON

/// The keys of one entity type that all steps of an operation look up, because they may be searched together.
struct EntityTally {
    let entity: Entity
    /// The steps that look keys up, with the most keys of each and the most workspaces of these.
    private(set) var steps: [(index: Int, keys: Int, workspaces: Int)] = []
    private(set) var keys = 0
    /// The guaranteed keys, by workspace, each with the first step that looks it up.
    private var guaranteed: [Int: [ExactString: Int]] = [:]
    /// Whether another step may read the objects before they are looked up.
    var isBroughtOtherwise = false

    init(entity: Entity) {
        self.entity = entity
    }

    /// Adds the keys that one step looks up.
    mutating func add(keys: Int, workspaces: Int, step: Int) {
        self.keys = self.keys.addingSaturating(keys)
        steps.append((step, keys, workspaces))
    }

    /// Adds a key that is guaranteed to be looked up.
    mutating func addGuaranteed(_ key: String, workspace: Int, step: Int) {
        let key = ExactString(key)
        let known = guaranteed[workspace]?[key] ?? step
        guaranteed[workspace, default: [:]][key] = min(known, step)
    }

    /// The guaranteed calls, each at the first step that looks the key up: no other step makes the call.
    ///
    /// - Parameter scans: whether pages of the collection may be read instead, one of which could have all objects.
    /// - Returns: the indices of the steps that make the calls, one for each call.
    func leastCalls(scans: Bool) -> [Int] {
        guaranteed.values.flatMap { keys in scans ? keys.values.min().map { [$0] } ?? [] : Array(keys.values) }
    }
}
