/// A budget for one kind of call, at one time.
package struct BudgetStatus: Sendable, Hashable {
    package let kind: CallKind
    /// The most calls in a window; nil if it is not known.
    package let limit: Int?
    /// The calls that are left; nil if they are not known.
    package let remaining: Int?
    /// How many calls wait.
    package let waiting: Int
    /// The lanes that have used it lately, the one with the highest priority first.
    package var lanes: [LaneStatus] = []
}
