internal import GraphQL
internal import JSON

/// The keys of one entity type that an operation asks for, in all its steps together: they may be looked for together.
struct EntityTally {
    let entity: Entity
    /// The steps that ask, with the most keys of each and the most workspaces that these are from.
    private(set) var steps: [(index: Int, keys: Int, workspaces: Int)] = []
    private(set) var keys = 0
    /// Keys that are guaranteed, by workspace, each with the first step that asks for it.
    private var guaranteed: [Int: [ExactString: Int]] = [:]
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
        let key = ExactString(key)
        let known = guaranteed[workspace]?[key] ?? step
        guaranteed[workspace, default: [:]][key] = min(known, step)
    }

    /// The guaranteed calls, each at the first step that asks for it: no other step makes it.
    ///
    /// - Parameter scans: whether pages of the collection may be read instead: one could have all objects.
    /// - Returns: the steps of the calls; a step that makes several stands there as often.
    func leastCalls(scans: Bool) -> [Int] {
        guaranteed.values.flatMap { keys in scans ? keys.values.min().map { [$0] } ?? [] : Array(keys.values) }
    }
}
