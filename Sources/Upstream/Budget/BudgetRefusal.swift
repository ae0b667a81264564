/// The reason why a call may not be made.
package struct BudgetRefusal: Error, Sendable, Hashable {
    /// The seconds after which the budget may allow the call.
    package let retryAfter: Int
    /// Whether the budget is not the reason: the request that waited for the call was cancelled.
    package var isCancellation = false

    /// The refusal of a call whose waiting task was cancelled.
    static let cancelled = BudgetRefusal(retryAfter: 1, isCancellation: true)
}
