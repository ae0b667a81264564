internal import GraphQL
private import Synchronization

/// Whether a workspace's webhooks report changes, so that what is cached of it may live longer.
final class ReportStatus: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct State {
        /// Until when no change of a type is expected to go unreported.
        var trustedUntil: [TypeID: Instant] = [:]
        /// Is asked to confirm that the webhooks report changes of a type, as a credential sees them.
        var confirm: (@Sendable (TypeID, Credential) -> Void)?
    }

    private let state = Mutex(State())
    /// Whether there is anything to confirm.
    // PERF: without webhooks nobody waits for the lock.
    private let isHeard = Atomic(false)

    /// Lets a function be asked to confirm that changes are reported.
    func onDemand(_ confirm: @escaping @Sendable (TypeID, Credential) -> Void) {
        state.withLock { $0.confirm = confirm }
    }

    /// Notes that the webhooks have been heard of.
    func hear() { isHeard.store(true, ordering: .releasing) }

    /// Notes until when the webhooks are trusted to report changes of a type.
    func trust(_ type: TypeID, until instant: Instant) { state.withLock { $0.trustedUntil[type] = instant } }

    /// Notes that the webhooks have fallen silent; false if they were not trusted before.
    func distrust() -> Bool {
        state.withLock { state in
            defer { state.trustedUntil = [:] }
            return !state.trustedUntil.isEmpty
        }
    }

    /// The policy by which a response is used now: it may be older while changes are reported.
    ///
    /// - Parameters:
    ///   - policy: the declared policy.
    ///   - type: the type of its objects; nil: they are no entities.
    ///   - age: how old the response is.
    ///   - credential: who sees it.
    ///   - now: the time.
    /// - Returns: the policy.
    func policy(
        _ policy: CachePolicy,
        for type: TypeID?,
        age: Duration,
        _ credential: Credential?,
        at now: Instant
    ) -> CachePolicy {
        guard policy.reportedMaxAge > policy.maxAge, let type, isHeard.load(ordering: .acquiring) else { return policy }
        let (isTrusted, confirm) = state.withLock { state in
            // What is fresh by itself need not be confirmed.
            (state.trustedUntil[type].map { now < $0 } ?? false, age > policy.maxAge / 2 ? state.confirm : nil)
        }
        if let confirm, let credential { confirm(type, credential) }
        return isTrusted ? policy.whileReported : policy
    }
}
