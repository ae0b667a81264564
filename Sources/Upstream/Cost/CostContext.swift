package import GraphQL
internal import JSON

/// The inputs of an estimate beside the operation: the caller's workspaces, and the optimizations in use.
package struct CostContext: Sendable {
    /// The number of workspaces that the caller may use.
    package let workspaceCount: Int
    /// The slugs of these workspaces, in order; nil: unknown.
    package let slugs: [String]?
    /// The optimizations in use.
    package var options: CallOptimizations
    /// The state of collections by the cache and earlier responses; nil: unknown.
    var knowledge: CostKnowledge?
    /// Whether upper bounds are the likely ones, computed from `knowledge`.
    var isLikely = false
    /// Whether rows of an entity's lists are known to lack a member that single objects have.
    package var isDetailOnly: @Sendable (TypeID, ReadMember) -> Bool = { _, _ in false }

    /// Makes the terms for a number of workspaces with unknown slugs.
    package init(workspaceCount: Int, options: CallOptimizations = CallOptimizations()) {
        self.workspaceCount = max(0, workspaceCount)
        slugs = nil
        self.options = options
    }

    /// Makes the terms for the workspaces of a caller.
    package init(slugs: [String], options: CallOptimizations = CallOptimizations()) {
        workspaceCount = slugs.count
        self.slugs = slugs
        self.options = options
    }

    /// The workspaces that a field calls: the indices of those that are guaranteed, and the most that there can be.
    struct Choice {
        let guaranteed: [Int]
        let most: Int

        static let none = Choice(guaranteed: [], most: 0)
    }

    /// All workspaces of the caller.
    var all: Choice { Choice(guaranteed: Array(0..<workspaceCount), most: workspaceCount) }

    /// The workspaces that a list of slugs chooses; all without a list.
    func choice(named names: JSONValue?) -> Choice {
        guard case .array(let names)? = names else { return all }
        guard let slugs else {
            return Choice(guaranteed: [], most: min(Set(names.compactMap(\.stringValue)).count, workspaceCount))
        }
        let chosen = slugs.indices.filter { names.contains(.string(slugs[$0])) }
        return Choice(guaranteed: chosen, most: chosen.count)
    }

    /// The workspace with a slug; the first one without a slug.
    func choice(named name: String?) -> Choice {
        guard workspaceCount > 0 else { return .none }
        guard let name else { return Choice(guaranteed: [0], most: 1) }
        guard let slugs else { return Choice(guaranteed: [], most: 1) }
        return slugs.firstIndex(of: name).map { Choice(guaranteed: [$0], most: 1) } ?? .none
    }
}
