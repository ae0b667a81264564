/// A call that waited for its key's budget and got its turn.
package struct BudgetWait: Sendable, Hashable {
    /// The workspace's slug.
    package let workspace: String
    package let kind: CallKind
    package let duration: Duration

    package init(workspace: String, kind: CallKind, duration: Duration) {
        self.workspace = workspace
        self.kind = kind
        self.duration = duration
    }
}
