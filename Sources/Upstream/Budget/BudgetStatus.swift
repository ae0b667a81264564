/// A budget for one kind of call, at one time.
package struct BudgetStatus: Sendable, Hashable {
    /// The kind of call, read or write, that the budget counts.
    package let kind: CallKind
    /// The most calls in a window; nil if it is not known.
    package let limit: Int?
    /// The calls that are left in the window; nil if that is not known.
    package let remaining: Int?
    /// The number of calls that wait in the queue.
    package let waiting: Int
    /// The lanes that have used the budget lately, the one with the highest priority first.
    package var lanes: [LaneStatus] = []
}
