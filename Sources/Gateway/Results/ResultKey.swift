internal import GraphQL
internal import Upstream

/// The key of an operation's result: its signature, the caller's credentials, and the number of changes when it began.
// PERF: a class: it is copied with each operation, and an identity has several references.
final class ResultKey: Sendable {
    /// The part of the key that stays the same when data change.
    struct Identity: Sendable, Hashable {
        let signature: OperationSignature
        let view: CallerView
    }

    /// The operation signature, and the credentials and workspaces of the caller.
    let identity: Identity
    /// A number that grows with every change of data that the caller may see.
    let changes: UInt64
    /// The instant at which the operation began, by the clock of response ages.
    let startedAt: ContinuousClock.Instant
    /// The revision of the configured credentials when the operation began.
    let configuredRevision: UInt64
    /// The hash of the identity.
    let identityHash: Int

    /// Makes the key of an execution that has just begun; nil if its result is not reusable.
    ///
    /// - Parameters:
    ///   - execution: the execution.
    ///   - session: the call session of the request.
    ///   - configuredRevision: the revision of the configured credentials, read before the session was opened.
    ///   - now: the current time, by the clock of response ages.
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

    /// Makes the key of a part of the result of another key.
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
