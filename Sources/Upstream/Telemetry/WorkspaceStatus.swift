/// The status of a workspace at one time, for metrics.
package struct WorkspaceStatus: Sendable, Hashable {
    /// The workspace's slug.
    package let slug: String
    /// Whether calls are made: the circuit breaker of the whole workspace is closed.
    package let isAvailable: Bool
    /// The number of keys that have a budget.
    package let keys: Int
    /// The budgets for reads and for writes: of the accepted key with the fewest calls left, but with the waiting calls of all keys.
    package let budgets: [BudgetStatus]
}
