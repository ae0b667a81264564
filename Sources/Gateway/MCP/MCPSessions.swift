internal import Caching
private import Synchronization
internal import Upstream

/// The sessions of clients that subscribe to resources.
///
/// A session object is made when it is first needed: other requests do without.
final class MCPSessions: Sendable {
    /// Identifies a session: its id and its owner.
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
    /// The time without use after which a session ends.
    private static let lifetime = Duration.seconds(600)
    /// The interval between two searches for abandoned sessions.
    private static let sweepInterval = Duration.seconds(60)

    private let scheduler: Scheduler
    /// Requests keep-alive messages for the streams of notifications.
    let heartbeats: Heartbeats
    private let sessions = Mutex<[Name: MCPSession]>([:])
    /// The sessions that have ended.
    private let ended: MCPEndedSessions
    /// Whether the timer for the next search for abandoned sessions is set.
    private let isTimerSet = Atomic(false)

    /// Makes an empty table.
    ///
    /// - Parameters:
    ///   - scheduler: the clock and timer by which sessions expire.
    ///   - previous: sessions that are not continued, as their changes are not reported any more; nil: there are none.
    init(scheduler: Scheduler, inPlaceOf previous: MCPSessions? = nil) {
        ended = previous?.ended ?? MCPEndedSessions()
        self.scheduler = scheduler
        heartbeats = Heartbeats(scheduler: scheduler)
    }

    /// The session of an id that `MCPSessionID` has made; it is made if there is none.
    ///
    /// If a caller has too many sessions, the one that it has not used for the longest time ends. If there are too many of all callers, one
    /// without subscriptions makes room.
    ///
    /// - Parameters:
    ///   - id: the id of the session.
    ///   - caller: its owner.
    ///   - holders: the clients as whose session it is counted.
    /// - Returns: the session; nil: there are too many, and all are in use.
    func session(_ id: String, of caller: Caller, countedFor holders: [ClientID]) -> MCPSession? {
        let now = scheduler.now()
        sweep()
        var removed: [MCPSession] = []
        let session = sessions.withLock { sessions -> MCPSession? in
            let name = Name(id, caller)
            if let known = sessions[name] { return known }
            let own = sessions.filter { $0.value.holders == holders }
            if own.count >= Self.maximumOfCaller {
                let unused = own.compactMap { name, session in session.unusedSince.map { (name, $0) } }
                guard let oldest = unused.min(by: { $0.1 < $1.1 }) else { return nil }
                removed += [sessions.removeValue(forKey: oldest.0)].compactMap(\.self)
                note(end: oldest.0)
            }
            if sessions.count >= Self.maximum {
                guard let other = Self.withoutSubscriptions(sessions) else { return nil }
                removed += [sessions.removeValue(forKey: other)].compactMap(\.self)
            }
            let session = MCPSession(of: holders, at: now)
            sessions[name] = session
            return session
        }
        for session in removed { session.close() }
        session?.touch(at: now)
        setTimer()
        return session
    }

    /// The session without subscriptions that has not been used for the longest time, rather one without a stream; nil: there is none.
    ///
    /// Its id stays valid, and it is made again when it is needed: clients open a stream again that has ended.
    private static func withoutSubscriptions(_ sessions: [Name: MCPSession]) -> Name? {
        let idle = sessions.filter { !$0.value.hasSubscriptions }
        return idle.min { left, right in
            let (left, right) = (left.value.use, right.value.use)
            return left.hasStream == right.hasStream ? left.at < right.at : !left.hasStream
        }?.key
    }

    /// Ends a session at its client's request, whether or not it has subscriptions.
    func end(_ id: String, of caller: Caller) {
        note(end: Name(id, caller))
        remove(id, of: caller)
    }

    /// Ends a session that is not known to a client by its id.
    func remove(_ id: String, of caller: Caller) {
        let session = sessions.withLock { $0.removeValue(forKey: Name(id, caller)) }
        session?.close()
    }

    /// Records that a session is used, if there is one.
    func touch(_ id: String, of caller: Caller) {
        let session = sessions.withLock { sessions in sessions.isEmpty ? nil : sessions[Name(id, caller)] }
        session?.touch(at: scheduler.now())
    }

    /// Whether a caller's session has ended.
    func hasEnded(_ id: String, of caller: Caller) -> Bool {
        ended.contains(Name(id, caller).hashValue)
    }

    private func note(end name: Name) { ended.note(name.hashValue) }

    /// Ends all sessions; requests that use one of them again get an error.
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

    /// Records the end of a session's stream.
    func streamDidEnd(_ number: Int, of session: MCPSession) {
        session.streamDidEnd(number, at: scheduler.now())
    }

    /// Sets the timer for the next search for abandoned sessions, as long as there are sessions; one timer serves all.
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

    /// Ends the sessions that have not been used for their lifetime.
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
