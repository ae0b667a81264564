/// Why a call may not be made.
package struct BudgetRefusal: Error, Sendable, Hashable {
    /// After how many seconds the budget may allow it.
    package let retryAfter: Int
    /// Whether it is not the budget's fault: who waited for the call does so no more.
    package var isCancellation = false

    /// The task that waited was cancelled.
    static let cancelled = BudgetRefusal(retryAfter: 1, isCancellation: true)
}
