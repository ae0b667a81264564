/// A call that a key's budget does not allow.
package struct BudgetRecord: Sendable, Hashable {
    /// Who refuses it.
    package enum Cause: Sendable, Hashable {
        /// The gateway: the call's turn does not come in the time that its request has.
        case noneInTime
        /// The upstream, by status 429.
        case refusedByUpstream
    }

    /// The client request for which the call is wanted; nil: none waits for it.
    package let requestID: RequestID?
    /// The workspace's slug.
    package let workspace: String
    package let kind: CallKind
    package let cause: Cause
    /// When a call may be made again, in so many seconds.
    package let retryAfter: Int

    package init(requestID: RequestID?, workspace: String, kind: CallKind, cause: Cause, retryAfter: Int) {
        self.requestID = requestID
        self.workspace = workspace
        self.kind = kind
        self.cause = cause
        self.retryAfter = retryAfter
    }
}
