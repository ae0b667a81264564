import Synchronization

/// A clock that a test advances, and its timers.
package final class ManualClock: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct State {
        var now: Instant
        var timers: [(instant: Instant, action: @Sendable () -> Void)] = []
    }

    /// When it was made.
    package let start: Instant
    private let state: Mutex<State>

    /// Makes a clock that stands still.
    package init() {
        start = ContinuousClock.now
        state = Mutex(State(now: start))
    }

    /// The time.
    package var now: Instant { state.withLock { $0.now } }

    /// The number of timers that are set.
    package var timers: Int { state.withLock { $0.timers.count } }

    /// Sets a timer; one that is due goes off at once.
    package func schedule(_ instant: Instant, _ action: @escaping @Sendable () -> Void) {
        let isDue = state.withLock { state in
            if instant <= state.now { return true }
            state.timers.append((instant, action))
            return false
        }
        if isDue { action() }
    }

    /// Goes on, and lets all timers go off that are due on the way.
    package func advance(by duration: Duration) {
        let end = now + duration
        while let action = takeTimer(before: end) { action() }
        state.withLock { $0.now = max($0.now, end) }
    }

    private func takeTimer(before end: Instant) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard let next = state.timers.indices.min(by: { state.timers[$0].instant < state.timers[$1].instant }),
                state.timers[next].instant <= end
            else { return nil }
            let timer = state.timers.remove(at: next)
            state.now = max(state.now, timer.instant)
            return timer.action
        }
    }
}
