internal import Caching
private import Synchronization
internal import Upstream

/// How many calls the sessions of callers have made.
///
/// A session is what a caller does until it pauses, or, if it came with an id, all that it does under that id.
final class SessionTable: Sendable {
    private struct Name: Hashable {
        let lane: String
        let limit: Int
        let id: String?
        let client: ClientID
    }

    /// By the hashes of their names, so that a long key takes up no more than a short one.
    private let sessions = Mutex(SieveCache<Int, SessionAllowance>(capacity: maximumSessions))

    private static let maximumSessions = 10_000
    /// How long a caller makes no call until it is in another session.
    static let pause = Duration.seconds(600)

    /// What is left to a caller's session; nil: the calls of sessions are not limited.
    ///
    /// - Parameters:
    ///   - caller: the caller.
    ///   - policy: the policy of its lane.
    ///   - now: the clock.
    /// - Returns: what is left.
    func allowance(
        of caller: Caller,
        _ policy: LanePolicy,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) -> SessionAllowance? {
        guard let limit = policy.callsPerSession else { return nil }
        let client: ClientID =
            if let client = caller.client {
                .client(client.name)
            } else if let key = caller.namingCredential {
                .key(key)
            } else {
                .address(caller.address)
            }
        let name = Name(lane: policy.lane.name, limit: limit, id: caller.session, client: client).hashValue
        return sessions.withLock { sessions in
            if let known = sessions.value(for: name) { return known }
            let session = SessionAllowance(limit: limit, pause: Self.pause, now: now)
            sessions.insert(session, for: name, cost: 1)
            return session
        }
    }
}
