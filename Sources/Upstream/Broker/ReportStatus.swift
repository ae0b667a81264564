internal import GraphQL
private import Synchronization

/// Whether a workspace's webhooks report changes, so that cached responses may be used for longer.
final class ReportStatus: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The state of one type; times are in nanoseconds since the status was made.
    private final class TypeStatus: Sendable {
        /// Older responses may lack a change that nothing has reported.
        let trustedSince = Atomic(Int64.max)
        let trustedUntil = Atomic(Int64.min)
        /// The earliest time of the next request for confirmation.
        let nextDemand = Atomic(Int64.min)
    }

    /// The types whose changes can be confirmed, and the function that confirms them.
    private final class Confirmation: Sendable {
        let types: [TypeID: TypeStatus]
        let confirm: Mutex<@Sendable (TypeID, Credential) -> Void>

        init(_ types: some Sequence<TypeID>, _ confirm: @escaping @Sendable (TypeID, Credential) -> Void) {
            self.types = Dictionary(uniqueKeysWithValues: types.map { ($0, TypeStatus()) })
            self.confirm = Mutex(confirm)
        }
    }

    // PERF: each use of a cached response reads this, so it takes no lock.
    private let confirmation = AtomicLazyReference<Confirmation>()
    /// Whether a webhook has ever been received, so that there is something to confirm.
    private let isHeard = Atomic(false)
    private let start = ContinuousClock.now

    /// The shortest time between requests for confirmation: a choice, a small part of the time for which one request keeps polls going.
    static let demandInterval = Duration.seconds(60)

    /// Sets the function that is asked to confirm that changes of some types are reported; it replaces the one set before, but the
    /// types are those of the first time.
    func onDemand(of types: some Sequence<TypeID>, _ confirm: @escaping @Sendable (TypeID, Credential) -> Void) {
        let made = Confirmation(types, confirm)
        let stored = confirmation.storeIfNil(made)
        if stored !== made { stored.confirm.withLock { $0 = confirm } }
    }

    /// Records that a webhook has been received.
    func noteEvent() { isHeard.store(true, ordering: .releasing) }

    /// Records that webhooks are trusted to report changes of a type.
    ///
    /// - Parameters:
    ///   - type: the type.
    ///   - instant: the time since which no change has gone unreported; it applies only if the type was not trusted before.
    ///   - end: the time until which they are trusted.
    ///   - now: the time.
    func trust(_ type: TypeID, since instant: Instant, until end: Instant, at now: Instant) {
        guard let status = confirmation.load()?.types[type] else { return }
        if status.trustedUntil.load(ordering: .acquiring) <= offset(of: now) {
            status.trustedSince.store(offset(of: instant), ordering: .releasing)
        }
        status.trustedUntil.store(offset(of: end), ordering: .releasing)
    }

    /// Records that the webhooks have stopped; returns false if they were not trusted before.
    func distrust() -> Bool {
        var wasTrusted = false
        for status in (confirmation.load()?.types ?? [:]).values
        where status.trustedUntil.exchange(.min, ordering: .acquiringAndReleasing) != .min {
            wasTrusted = true
        }
        return wasTrusted
    }

    /// The policy by which a response is used now: while changes are reported, it may be older.
    ///
    /// - Parameters:
    ///   - policy: the declared policy.
    ///   - type: the type of its objects; nil: they are not entities.
    ///   - age: how old the response is.
    ///   - credential: the credential for which it is used.
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
        // A fresh response needs no confirmation.
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

    /// The nanoseconds of a duration, limited to about 292 years.
    private static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        let limit = Int64.max / 1_000_000_000 - 1
        return max(-limit, min(limit, seconds)) * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
