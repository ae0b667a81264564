package import JSON

/// The outcome of one call, with the conditions for its reuse.
package struct RPCCallResult: Sendable {
    /// The outcome of the call.
    package var outcome: RPCOutcome
    /// The conditions for reusing the outcome for an equal call; nil: it is not reused.
    package var reuse: ResponseReuse?
    /// The calls that it took and saved, as in the `_meta` of tool results; nil: they are unknown.
    package var callUse: JSONObject?
    /// Whether the outcome is that of an earlier call with the same idempotency key.
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
