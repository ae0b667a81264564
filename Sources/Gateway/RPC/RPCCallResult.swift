package import JSON

/// The outcome of one call, and what has to be known to use it again.
package struct RPCCallResult: Sendable {
    /// How the call ended.
    package var outcome: RPCOutcome
    /// What has to be known to use the outcome again for an equal call; nil: it is not to be used again.
    package var reuse: ResponseReuse?
    /// What the call has spent and saved; nil: that is not known.
    package var callUse: JSONObject?
    /// Whether the outcome is that of an equal call before, whose idempotency key it has.
    package var isReplayed: Bool

    package init(
        _ outcome: RPCOutcome,
        reuse: ResponseReuse? = nil,
        callUse: JSONObject? = nil,
        isReplayed: Bool = false
    ) {
        self.isReplayed = isReplayed
        self.outcome = outcome
        self.reuse = reuse
        self.callUse = callUse
    }
}
