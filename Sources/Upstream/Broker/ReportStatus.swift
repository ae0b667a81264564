internal import GraphQL
private import Synchronization

/// Whether a workspace's webhooks report changes, so that what is cached of it may live longer.
final class ReportStatus: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// What is known of one type's changes, in nanoseconds since the status was made.
    private final class TypeStatus: Sendable {
        /// Responses that were made before may show a change that nobody has noticed.
        let trustedSince = Atomic(Int64.max)
        let trustedUntil = Atomic(Int64.min)
        /// When it is asked for confirmation again.
        let nextDemand = Atomic(Int64.min)
    }

    /// The types of which changes can be confirmed, and who does that.
    private final class Confirmation: Sendable {
        let types: [TypeID: TypeStatus]
        let confirm: Mutex<@Sendable (TypeID, Credential) -> Void>

        init(_ types: some Sequence<TypeID>, _ confirm: @escaping @Sendable (TypeID, Credential) -> Void) {
            self.types = Dictionary(uniqueKeysWithValues: types.map { ($0, TypeStatus()) })
            self.confirm = Mutex(confirm)
        }
    }

    // PERF: each use of a cached response looks here: nobody waits for a lock.
    private let confirmation = AtomicLazyReference<Confirmation>()
    /// Whether there is anything to confirm.
    private let isHeard = Atomic(false)
    private let start = ContinuousClock.now

    /// Confirmations are asked for so seldom: a choice, a small part of the time for which one demand has readings go on.
    static let demandInterval = Duration.seconds(60)

    /// Lets a function be asked to confirm that changes of some types are reported, in place of the one until now; the types are
    /// those of the first time.
    func onDemand(of types: some Sequence<TypeID>, _ confirm: @escaping @Sendable (TypeID, Credential) -> Void) {
        let made = Confirmation(types, confirm)
        let stored = confirmation.storeIfNil(made)
        if stored !== made { stored.confirm.withLock { $0 = confirm } }
    }

    /// Notes that a webhook has reported an event.
    func noteEvent() { isHeard.store(true, ordering: .releasing) }

    /// Notes that the webhooks are trusted to report changes of a type.
    ///
    /// - Parameters:
    ///   - type: the type.
    ///   - instant: from when on no change has gone unnoticed: what is older is trusted only if it was before.
    ///   - end: until when.
    ///   - now: the time.
    func trust(_ type: TypeID, since instant: Instant, until end: Instant, at now: Instant) {
        guard let status = confirmation.load()?.types[type] else { return }
        if status.trustedUntil.load(ordering: .acquiring) <= offset(of: now) {
            status.trustedSince.store(offset(of: instant), ordering: .releasing)
        }
        status.trustedUntil.store(offset(of: end), ordering: .releasing)
    }

    /// Notes that the webhooks have fallen silent; false if they were not trusted before.
    func distrust() -> Bool {
        var wasTrusted = false
        for status in (confirmation.load()?.types ?? [:]).values
        where status.trustedUntil.exchange(.min, ordering: .acquiringAndReleasing) != .min {
            wasTrusted = true
        }
        return wasTrusted
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
        guard policy.reportedMaxAge > policy.maxAge, let type, isHeard.load(ordering: .acquiring),
            let confirmation = confirmation.load(), let status = confirmation.types[type]
        else { return policy }
        let instant = offset(of: now)
        // What is fresh by itself need not be confirmed.
        if age > policy.maxAge / 2, let credential { demand(status, at: instant, type, credential, confirmation) }
        guard instant < status.trustedUntil.load(ordering: .acquiring),
            offset(of: now - age) >= status.trustedSince.load(ordering: .acquiring)
        else { return policy }
        return policy.whileReported
    }

    private func demand(
        _ status: TypeStatus,
        at instant: Int64,
        _ type: TypeID,
        _ credential: Credential,
        _ confirmation: Confirmation
    ) {
        let next = status.nextDemand.load(ordering: .relaxed)
        guard instant >= next else { return }
        let later = instant + Self.nanoseconds(Self.demandInterval)
        guard status.nextDemand.compareExchange(expected: next, desired: later, ordering: .relaxed).exchanged else {
            return
        }
        let confirm = confirmation.confirm.withLock { $0 }
        confirm(type, credential)
    }

    private func offset(of instant: Instant) -> Int64 { Self.nanoseconds(instant - start) }

    /// The nanoseconds of a time, of which three hundred years have room.
    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let limit = Int64.max / 1_000_000_000 - 1
        return max(-limit, min(limit, seconds)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
