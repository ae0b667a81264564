/// A call that a key's budget does not allow.
package struct BudgetRecord: Sendable, Hashable {
    /// The reason why the call is refused.
    package enum Cause: Sendable, Hashable {
        /// By the gateway: the call's turn does not come before its request's deadline.
        case noneInTime
        /// By the upstream, with status 429.
        case refusedByUpstream
    }

    /// The client request for which the call is wanted; nil: none waits for it.
    package let requestID: RequestID?
    /// The workspace's slug.
    package let workspace: String
    /// The kind of call, read or write.
    package let kind: CallKind
    /// The reason why the call is refused.
    package let cause: Cause
    /// The seconds after which a call may be made again.
    package let retryAfter: Int

    package init(requestID: RequestID?, workspace: String, kind: CallKind, cause: Cause, retryAfter: Int) {
        self.requestID = requestID
        self.workspace = workspace
        self.kind = kind
        self.cause = cause
        self.retryAfter = retryAfter
    }
}
