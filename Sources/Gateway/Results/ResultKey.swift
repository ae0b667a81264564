internal import GraphQL
internal import Upstream

/// What names the result of an operation: what it selects, for whose credentials, and what had changed when it began.
// PERF: a class: it is copied with each operation, and an identity has several references.
final class ResultKey: Sendable {
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
    let configuredRevision: UInt64
    /// The hash of the identity.
    let identityHash: Int

    /// Names the result of an execution that has just begun; nil if it is not to be reused.
    ///
    /// - Parameters:
    ///   - execution: the execution.
    ///   - session: the upstream calls of its caller.
    ///   - configuredRevision: that of the configured credentials, as it was before the session was opened.
    ///   - now: the current time, by the clock by which responses age.
    init?(
        _ execution: ExecutionContext,
        for session: CallSession,
        configuredRevision: UInt64,
        at now: ContinuousClock.Instant
    ) {
        guard let signature = OperationSignature(execution) else { return nil }
        identity = Identity(signature: signature, view: session.view)
        changes = session.changes
        startedAt = now
        self.configuredRevision = configuredRevision
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
