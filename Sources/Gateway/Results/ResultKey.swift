internal import GraphQL
internal import Upstream

/// What names the result of an operation: what it selects, for whose credentials, and what had changed when it began.
struct ResultKey: Sendable {
    /// What stays the same while data changes.
    struct Identity: Sendable, Hashable {
        let signature: OperationSignature
        let view: CallerView
    }

    /// The selection and the caller's credentials.
    let identity: Identity
    /// A number that grows with every change that the caller can be shown.
    let changes: UInt64
    /// When the operation began, by the clock by which responses age.
    let startedAt: ContinuousClock.Instant
    /// That of the configured credentials when the operation began.
    var configuredRevision: UInt64 = 0
    /// The hash of the identity.
    let identityHash: Int

    /// Names the result of an execution that has just begun; nil if it is not to be reused.
    init?(_ execution: Execution, for session: CallSession, at now: ContinuousClock.Instant) {
        guard let signature = OperationSignature(execution) else { return nil }
        identity = Identity(signature: signature, view: session.view)
        changes = session.changes
        startedAt = now
        identityHash = identity.hashValue
    }

    /// Names a part of a result that another key names.
    init(_ signature: OperationSignature, like whole: ResultKey) {
        identity = Identity(signature: signature, view: whole.identity.view)
        changes = whole.changes
        startedAt = whole.startedAt
        configuredRevision = whole.configuredRevision
        identityHash = identity.hashValue
    }

    /// The hash of the identity and the changes.
    var hash: Int {
        var hasher = Hasher()
        hasher.combine(identityHash)
        hasher.combine(changes)
        return hasher.finalize()
    }
}
