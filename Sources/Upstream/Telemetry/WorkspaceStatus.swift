/// What is known of a workspace at one time, for metrics.
package struct WorkspaceStatus: Sendable, Hashable {
    /// The workspace's slug.
    package let slug: String
    /// Whether calls are made: it has not failed as a whole.
    package let isAvailable: Bool
    /// How many keys have a budget.
    package let keys: Int
    /// The budgets for reads and for writes: of the key that has the least calls left, of those in use that the upstream has accepted, and
    /// the calls that wait, of all keys.
    package let budgets: [BudgetStatus]
}
