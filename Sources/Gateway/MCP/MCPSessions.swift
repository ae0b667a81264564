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
        let owner: MCPSessionOwner

        init(_ id: String, _ caller: Caller) {
            (self.id, owner) = (id, MCPSessionOwner(caller))
        }
    }

    /// The most sessions.
    private static let maximum = 1000
    /// The most sessions of one caller.
    static let maximumOfCaller = 50
    /// A session that nobody uses ends after this time.
    private static let lifetime = Duration.seconds(600)
    /// How long it is until abandoned sessions are looked for again.
    private static let sweepInterval = Duration.seconds(60)

    private let scheduler: Scheduler
    /// Asks streams of notifications for signs of life.
    let heartbeats: Heartbeats
    private let sessions = Mutex<[Name: MCPSession]>([:])
    /// The sessions that have ended.
    private let ended: MCPEndedSessions
    /// Whether a timer is set that looks for abandoned sessions.
    private let isTimerSet = Atomic(false)

    /// Begins without sessions.
    ///
    /// - Parameters:
    ///   - scheduler: the clock by which sessions end.
    ///   - previous: those whose clients begin anew, as nothing reports the changes any more that they follow; nil: there are none.
    init(scheduler: Scheduler, inPlaceOf previous: MCPSessions? = nil) {
        ended = previous?.ended ?? MCPEndedSessions()
        self.scheduler = scheduler
        heartbeats = Heartbeats(scheduler: scheduler)
    }

    /// The session of an id that `MCPSessionID` has made, which begins now if there is none.
    ///
    /// A caller with many sessions begins another one in place of that which it has not used for the longest time.
    ///
    /// - Returns: the session; nil: there are too many, all of them in use.
    func session(_ id: String, of caller: Caller) -> MCPSession? {
        let now = scheduler.now()
        sweep()
        let (session, ended) = sessions.withLock { sessions -> (MCPSession?, (Name, MCPSession)?) in
            let name = Name(id, caller)
            if let known = sessions[name] { return (known, nil) }
            var ended: (Name, MCPSession)?
            let own = sessions.filter { $0.key.owner == name.owner }
            if own.count >= Self.maximumOfCaller {
                let unused = own.compactMap { name, session in session.unusedSince.map { (name, $0) } }
                guard let oldest = unused.min(by: { $0.1 < $1.1 }) else { return (nil, nil) }
                ended = sessions.removeValue(forKey: oldest.0).map { (oldest.0, $0) }
            }
            guard sessions.count < Self.maximum else { return (nil, ended) }
            let session = MCPSession(at: now)
            sessions[name] = session
            return (session, ended)
        }
        if let (name, session) = ended {
            note(end: name)
            session.close()
        }
        session?.touch(at: now)
        setTimer()
        return session
    }

    /// Ends a session, whether or not its client follows anything.
    func end(_ id: String, of caller: Caller) {
        note(end: Name(id, caller))
        remove(id, of: caller)
    }

    /// Ends a session whose id no client knows.
    func remove(_ id: String, of caller: Caller) {
        let session = sessions.withLock { $0.removeValue(forKey: Name(id, caller)) }
        session?.close()
    }

    /// Notes that a session is used, if there is one.
    func touch(_ id: String, of caller: Caller) {
        let session = sessions.withLock { sessions in sessions.isEmpty ? nil : sessions[Name(id, caller)] }
        session?.touch(at: scheduler.now())
    }

    /// Whether a caller's session has ended.
    func hasEnded(_ id: String, of caller: Caller) -> Bool {
        ended.contains(Name(id, caller).hashValue)
    }

    private func note(end name: Name) { ended.note(name.hashValue) }

    /// Ends all sessions; who uses one of them again learns that it has ended.
    func close() {
        let all = sessions.withLock { sessions in
            defer { sessions = [:] }
            return sessions
        }
        for (name, session) in all {
            note(end: name)
            session.close()
        }
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
            return names.compactMap { name in sessions.removeValue(forKey: name).map { (name, $0) } }
        }
        for (name, session) in abandoned {
            note(end: name)
            session.close()
        }
    }
}
