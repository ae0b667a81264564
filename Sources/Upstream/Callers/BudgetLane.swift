/// A class of callers that has a share of each key's budget.
///
/// Calls of a lane with a higher priority go first, and some of the budget is held back for them from the lanes below.
package struct BudgetLane: Sendable, Hashable {
    /// The name in the configuration; it identifies the lane.
    package let name: String
    /// Lanes of a higher priority go first; those of the same one take turns.
    package let priority: Int
    /// The share of a key's budget per minute that is held back for the lane while it is in use, in percent.
    package let share: Int

    package init(name: String, priority: Int, share: Int) {
        self.name = name
        self.priority = priority
        self.share = share
    }

    /// The lane of callers who are in no other lane: nothing is held back for it.
    package static let none = BudgetLane(name: "none", priority: 0, share: 0)
}
