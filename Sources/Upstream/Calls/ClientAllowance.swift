internal import GraphQL
internal import JSON
private import Synchronization

/// How many calls all sessions of one client may make together in a window of time: whoever begins session after session evades no cap.
package final class ClientAllowance: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private struct State {
        var calls = 0
        /// When the next window can begin; nil: no call has been made.
        var end: Instant?
    }

    /// The most calls of a window.
    private let limit: Int
    private let window: Duration
    private let now: @Sendable () -> Instant
    private let state = Mutex(State())

    /// Makes the allowance of a client.
    ///
    /// - Parameters:
    ///   - limit: the most calls of a window.
    ///   - window: how long a window is, which begins with its first call.
    ///   - now: the clock, replaced in tests.
    package init(limit: Int, window: Duration, now: @escaping @Sendable () -> Instant = { ContinuousClock.now }) {
        self.limit = limit
        self.window = window
        self.now = now
    }

    /// The calls that are left of this window.
    var remaining: Int {
        let now = now()
        return state.withLock { state in
            guard let end = state.end, now < end else { return limit }
            return max(0, limit - state.calls)
        }
    }

    /// Counts a call that is about to be begun; false if that is one too many.
    func begin() -> Bool {
        let now = now()
        return state.withLock { state in
            if state.end.map({ now >= $0 }) ?? true { state = State(calls: 0, end: now + window) }
            guard state.calls < limit else { return false }
            state.calls += 1
            return true
        }
    }

    /// Takes back a call that is not made after all.
    func refund() { state.withLock { $0.calls = max(0, $0.calls - 1) } }

    /// The failure of a call that is one too many.
    var failure: FieldFailure {
        let (now, end) = (now(), state.withLock(\.end))
        let seconds = max(1, (end.map { $0 - now } ?? window).wholeSeconds)
        return FieldFailure(
            .rateLimited,
            "The sessions of this client have spent their \(limit) upstream calls together; retry in \(seconds.inSeconds).",
            more: ["retryAfter": .integer(seconds)]
        )
    }
}
