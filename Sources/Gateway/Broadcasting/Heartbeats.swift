internal import Caching
private import Synchronization

/// Requests keep-alive messages for silent connections, which proxies would close; one timer serves all of them.
final class Heartbeats: Sendable {
    /// The registration of one connection, until it ends or is no longer held.
    final class Heartbeat: Sendable {
        private let heartbeats: Heartbeats
        private let id: UInt64

        fileprivate init(_ heartbeats: Heartbeats, _ id: UInt64) {
            (self.heartbeats, self.id) = (heartbeats, id)
        }

        deinit { end() }

        /// Ends the registration.
        func end() { heartbeats.end(id) }
    }

    private struct Entry {
        var due: ContinuousClock.Instant
        let ask: @Sendable () -> Void
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var last: UInt64 = 0
        var isTimerSet = false
    }

    /// The interval between the keep-alive messages of a connection.
    private static let interval = Duration.seconds(12)
    /// The shortest time between two firings of the timer.
    private static let pause = Duration.seconds(1)

    /// The clock and the timer.
    private let scheduler: Scheduler
    private let state = Mutex(State())

    init(scheduler: Scheduler) {
        self.scheduler = scheduler
    }

    /// Calls a function at every interval until the heartbeat ends.
    func begin(_ ask: @escaping @Sendable () -> Void) -> Heartbeat {
        let due = scheduler.now() + Self.interval
        let (id, isFirst) = state.withLock { state in
            state.last += 1
            state.entries[state.last] = Entry(due: due, ask: ask)
            defer { state.isTimerSet = true }
            return (state.last, !state.isTimerSet)
        }
        if isFirst { setTimer(due) }
        return Heartbeat(self, id)
    }

    private func end(_ id: UInt64) { _ = state.withLock { $0.entries.removeValue(forKey: id) } }

    private func setTimer(_ instant: ContinuousClock.Instant) {
        scheduler.schedule(instant) { [weak self] in self?.timerDidFire() }
    }

    private func timerDidFire() {
        let now = scheduler.now()
        let (asked, next) = state.withLock { state in
            let ids = state.entries.filter { $0.value.due <= now }.keys
            let asked = ids.compactMap { id -> (@Sendable () -> Void)? in
                state.entries[id]?.due = now + Self.interval
                return state.entries[id]?.ask
            }
            let next = state.entries.values.lazy.map(\.due).min()
            state.isTimerSet = next != nil
            return (asked, next)
        }
        for ask in asked { ask() }
        if let next { setTimer(max(next, now + Self.pause)) }
    }
}
