internal import Caching
private import Synchronization
internal import Upstream

/// The remaining calls of callers' sessions.
///
/// A session has the requests of a caller until it pauses, or, if they have a session id, all requests with that id.
final class SessionTable: Sendable {
    /// A client in a lane whose sessions have a cap.
    private struct Client: Hashable {
        let lane: String
        let limit: Int
        let clients: [ClientID]
    }

    private struct Name: Hashable {
        let client: Client
        let id: String?
    }

    private struct State {
        /// The caches by the hash values of names, so that a long key takes no more memory than a short one.
        var sessions = SieveCache<Int, SessionAllowance>(capacity: maximumSessions)
        var clients = SieveCache<Int, ClientAllowance>(capacity: maximumSessions)
    }

    private let state = Mutex(State())

    private static let maximumSessions = 10_000
    /// The time without calls after which a caller's next call begins another session.
    static let pause = Duration.seconds(600)
    /// The number of sessions whose calls one client may use up within the time of a pause.
    static let sessionsOfClient = 10

    /// The remaining calls of a caller's session; nil: its lane has no cap.
    ///
    /// - Parameters:
    ///   - caller: the caller.
    ///   - holders: the clients whose sessions it uses.
    ///   - policy: the policy of its lane.
    ///   - now: the clock.
    /// - Returns: the allowance of the session.
    func allowance(
        of caller: Caller,
        countedFor holders: @autoclosure () -> [ClientID],
        _ policy: LanePolicy,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) -> SessionAllowance? {
        guard let limit = policy.callsPerSession else { return nil }
        let client = Client(lane: policy.lane.name, limit: limit, clients: Self.clients(caller, holders()))
        let name = Name(client: client, id: caller.session).hashValue
        return state.withLock { state in
            if let known = state.sessions.value(for: name) { return known }
            let session = SessionAllowance(
                limit: limit,
                pause: Self.pause,
                of: Self.allowance(of: client, now, in: &state),
                now: now
            )
            state.sessions.insert(session, for: name, cost: 1)
            return session
        }
    }

    /// The clients of a session: where the upstream has accepted no key of the caller, the key that identifies it, as its calls fail
    /// and those of others at its address must not be held up.
    private static func clients(_ caller: Caller, _ holders: [ClientID]) -> [ClientID] {
        guard case .address? = holders.first, let key = caller.namingCredential else { return holders }
        return [.key(key)]
    }

    private static func allowance(
        of client: Client,
        _ now: @escaping @Sendable () -> ContinuousClock.Instant,
        in state: inout State
    ) -> ClientAllowance {
        let name = client.hashValue
        if let known = state.clients.value(for: name) { return known }
        let (limit, overflows) = client.limit.multipliedReportingOverflow(by: sessionsOfClient)
        let allowance = ClientAllowance(limit: overflows ? .max : limit, window: pause, now: now)
        state.clients.insert(allowance, for: name, cost: 1)
        return allowance
    }
}
