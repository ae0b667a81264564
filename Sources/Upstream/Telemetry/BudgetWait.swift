/// A call that waited for its key's budget and could then be made.
package struct BudgetWait: Sendable, Hashable {
    /// The workspace's slug.
    package let workspace: String
    /// The kind of call, read or write.
    package let kind: CallKind
    /// The name of the lane of the call's caller.
    package let lane: String
    /// The time that it waited.
    package let duration: Duration

    package init(workspace: String, kind: CallKind, lane: String = BudgetLane.none.name, duration: Duration) {
        self.workspace = workspace
        self.kind = kind
        self.lane = lane
        self.duration = duration
    }
}
