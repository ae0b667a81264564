package import Upstream

/// A lane, and the cap of a session in it.
package struct LanePolicy: Sendable, Hashable {
    /// The lane, as rate-limit budgets use it.
    package var lane: BudgetLane
    /// The most upstream calls of one session; nil: any number.
    package var callsPerSession: Int?

    /// Makes the policy of a lane.
    ///
    /// - Parameters:
    ///   - name: the name by which clients choose the lane.
    ///   - priority: calls of lanes with a higher priority are made first.
    ///   - share: the percentage of a key's budget per minute that is held back for the lane while it is in use.
    ///   - callsPerSession: the most upstream calls of one session; nil: any number.
    package init(name: String, priority: Int, share: Int, callsPerSession: Int? = nil) {
        lane = BudgetLane(name: name, priority: priority, share: share)
        self.callsPerSession = callsPerSession
    }
}
