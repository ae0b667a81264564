internal import Caching
private import Synchronization
internal import Upstream

/// How many calls the sessions of callers have made.
///
/// A session is what a caller does until it pauses, or, if it came with an id, all that it does under that id.
final class SessionTable: Sendable {
    /// Whose sessions have a cap, and which.
    private struct Client: Hashable {
        let lane: String
        let limit: Int
        let client: ClientID
    }

    private struct Name: Hashable {
        let client: Client
        let id: String?
    }

    private struct State {
        /// By the hashes of their names, so that a long key takes up no more than a short one.
        var sessions = SieveCache<Int, SessionAllowance>(capacity: maximumSessions)
        var clients = SieveCache<Int, ClientAllowance>(capacity: maximumSessions)
    }

    private let state = Mutex(State())

    private static let maximumSessions = 10_000
    /// How long a caller makes no call until it is in another session.
    static let pause = Duration.seconds(600)
    /// As many sessions as one client may spend in the time of a pause.
    static let sessionsOfClient = 10

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
        let client = Client(lane: policy.lane.name, limit: limit, client: Self.id(of: caller))
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

    private static func id(of caller: Caller) -> ClientID {
        if let client = caller.client { return .client(client.name) }
        return caller.namingCredential.map { .key($0) } ?? .address(caller.address)
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
