internal import Caching
private import Synchronization
internal import Upstream

/// The sessions of clients that follow resources.
///
/// A session begins when it is first needed: requests that need none stand alone.
final class MCPSessions: Sendable {
    /// A session belongs to whoever has begun it.
    private struct Name: Hashable {
        let id: String
        let credential: Credential?
        let client: String?

        init(_ id: String, _ caller: Caller) {
            (self.id, credential, client) = (id, caller.namingCredential, caller.client?.name)
        }
    }

    /// The most sessions.
    private static let maximum = 1000
    /// A session that nobody uses ends after this time.
    private static let lifetime = Duration.seconds(600)
    /// How long it is until abandoned sessions are looked for again.
    private static let sweepInterval = Duration.seconds(60)
    /// Longer ids are none of ours.
    private static let longestID = 64

    let scheduler: Scheduler
    private let sessions = Mutex<[Name: MCPSession]>([:])
    /// Whether a timer is set that looks for abandoned sessions.
    private let isTimerSet = Atomic(false)

    init(scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    /// An id that nobody can guess.
    static func makeID() -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<4).map { _ in String(random.next(), radix: 36) }.joined()
    }

    /// The session of an id, which begins now if there is none; nil: there are too many, or it is no id.
    func session(_ id: String, of caller: Caller) -> MCPSession? {
        guard !id.isEmpty, id.utf8.count <= Self.longestID else { return nil }
        let now = scheduler.now()
        sweep()
        let session = sessions.withLock { sessions -> MCPSession? in
            let name = Name(id, caller)
            if let known = sessions[name] { return known }
            guard sessions.count < Self.maximum else { return nil }
            let session = MCPSession(at: now)
            sessions[name] = session
            return session
        }
        session?.touch(at: now)
        setTimer()
        return session
    }

    /// Ends a session; false: there is none.
    func end(_ id: String, of caller: Caller) -> Bool {
        let session = sessions.withLock { $0.removeValue(forKey: Name(id, caller)) }
        session?.close()
        return session != nil
    }

    /// Ends all sessions.
    func close() {
        let all = sessions.withLock { sessions in
            defer { sessions = [:] }
            return sessions.values.map(\.self)
        }
        for session in all { session.close() }
    }

    /// Notes that a stream of a session has ended.
    func streamDidEnd(_ number: Int, of session: MCPSession) {
        session.streamDidEnd(number, at: scheduler.now())
    }

    /// Looks for abandoned sessions again and again, as long as there are sessions: by one timer, however many requests there are.
    private func setTimer() {
        guard !sessions.withLock(\.isEmpty), !isTimerSet.exchange(true, ordering: .acquiringAndReleasing) else {
            return
        }
        scheduler.schedule(scheduler.now() + Self.sweepInterval) { [weak self] in
            guard let self else { return }
            isTimerSet.store(false, ordering: .releasing)
            sweep()
            setTimer()
        }
    }

    /// Ends the sessions that nobody uses.
    private func sweep() {
        let limit = scheduler.now() - Self.lifetime
        let abandoned = sessions.withLock { sessions in
            let names = sessions.filter { $0.value.isAbandoned(since: limit) }.map(\.key)
            return names.compactMap { sessions.removeValue(forKey: $0) }
        }
        for session in abandoned { session.close() }
    }
}
