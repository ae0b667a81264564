package import Upstream

/// A lane, and what those in it may take.
package struct LanePolicy: Sendable, Hashable {
    /// The lane as budgets know it.
    package var lane: BudgetLane
    /// The most upstream calls of one session; nil: any number.
    package var callsPerSession: Int?

    /// Makes the policy of a lane.
    ///
    /// - Parameters:
    ///   - name: by which clients choose the lane.
    ///   - priority: lanes of a higher one go first.
    ///   - share: how much of a key's minute is held back for it while it is in use, in percent.
    ///   - callsPerSession: the most upstream calls of one session; nil: any number.
    package init(name: String, priority: Int, share: Int, callsPerSession: Int? = nil) {
        lane = BudgetLane(name: name, priority: priority, share: share)
        self.callsPerSession = callsPerSession
    }
}
