package import GraphQL
internal import JSON

/// The inputs of a cost beside the operation: the caller's workspaces, and the optimizations in use.
package struct CostContext: Sendable {
    /// How many workspaces the caller may use.
    package let workspaceCount: Int
    /// Their names, in order; nil: not known.
    package let slugs: [String]?
    package var options: CallOptimizations
    /// The state of collections by the cache and earlier responses; nil: unknown.
    var knowledge: CostKnowledge?
    /// Whether the upper bounds are those that are likely, given what is known.
    var isLikely = false
    /// Whether rows of an entity's lists are known to lack a member that single objects have.
    package var isDetailOnly: @Sendable (TypeID, ReadMember) -> Bool = { _, _ in false }

    /// Terms for so many workspaces, whose names are not known.
    package init(workspaceCount: Int, options: CallOptimizations = CallOptimizations()) {
        self.workspaceCount = max(0, workspaceCount)
        slugs = nil
        self.options = options
    }

    /// Terms for the workspaces of a caller.
    package init(slugs: [String], options: CallOptimizations = CallOptimizations()) {
        workspaceCount = slugs.count
        self.slugs = slugs
        self.options = options
    }

    /// Workspaces that a field asks: those that are guaranteed, by position, and the most that there can be.
    struct Choice {
        let guaranteed: [Int]
        let most: Int

        static let none = Choice(guaranteed: [], most: 0)
    }

    /// All workspaces of the caller.
    var all: Choice { Choice(guaranteed: Array(0..<workspaceCount), most: workspaceCount) }

    /// The workspaces that a list of names leaves.
    func choice(named names: JSONValue?) -> Choice {
        guard case .array(let names)? = names else { return all }
        guard let slugs else {
            return Choice(guaranteed: [], most: min(Set(names.compactMap(\.stringValue)).count, workspaceCount))
        }
        let chosen = slugs.indices.filter { names.contains(.string(slugs[$0])) }
        return Choice(guaranteed: chosen, most: chosen.count)
    }

    /// The workspace of a name; without a name the first one.
    func choice(named name: String?) -> Choice {
        guard workspaceCount > 0 else { return .none }
        guard let name else { return Choice(guaranteed: [0], most: 1) }
        guard let slugs else { return Choice(guaranteed: [], most: 1) }
        return slugs.firstIndex(of: name).map { Choice(guaranteed: [$0], most: 1) } ?? .none
    }
}
