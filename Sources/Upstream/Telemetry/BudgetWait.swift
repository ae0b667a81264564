/// A call that waited for its key's budget and got its turn.
package struct BudgetWait: Sendable, Hashable {
    /// The workspace's slug.
    package let workspace: String
    package let kind: CallKind
    /// The lane of who made the call.
    package let lane: String
    package let duration: Duration

    package init(workspace: String, kind: CallKind, lane: String = BudgetLane.none.name, duration: Duration) {
        self.workspace = workspace
        self.kind = kind
        self.lane = lane
        self.duration = duration
    }
}
