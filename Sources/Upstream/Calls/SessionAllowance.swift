internal import GraphQL
internal import JSON
private import Synchronization

/// How many calls a session may make: a session ends with a pause, after which another one begins.
package final class SessionAllowance: Sendable {
    package typealias Instant = ContinuousClock.Instant

    fileprivate struct State {
        var calls = 0
        var last: Instant?
    }

    /// The most calls of a session.
    package let limit: Int
    private let pause: Duration
    /// What is left to all sessions of the client together; nil: there is no limit of them.
    private let client: ClientAllowance?
    private let now: @Sendable () -> Instant
    private let state = Mutex(State())

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - limit: the most calls.
    ///   - pause: after which time without a call the next one begins another session.
    ///   - client: what is left to all sessions of its client; nil: there is no limit of them.
    ///   - now: the clock, replaced in tests.
    package init(
        limit: Int,
        pause: Duration,
        of client: ClientAllowance? = nil,
        now: @escaping @Sendable () -> Instant = { ContinuousClock.now }
    ) {
        self.limit = limit
        self.pause = pause
        self.client = client
        self.now = now
    }

    /// The calls that are left.
    package var remaining: Int {
        let now = now()
        let own = state.withLock { state in
            state.roll(to: now, pause)
            return max(0, limit - state.calls)
        }
        return min(own, client?.remaining ?? own)
    }

    /// Counts a call that is about to be begun; false if that is one too many.
    func begin() -> Bool {
        guard client?.begin() ?? true else { return false }
        let now = now()
        let isAllowed = state.withLock { state in
            state.roll(to: now, pause)
            guard state.calls < limit else { return false }
            state.calls += 1
            state.last = now
            return true
        }
        if !isAllowed { client?.refund() }
        return isAllowed
    }

    /// Takes back a call that is not made after all.
    func refund() {
        state.withLock { $0.calls = max(0, $0.calls - 1) }
        client?.refund()
    }

    /// The failure of a call that is one too many.
    var failure: FieldFailure {
        let (now, (last, calls)) = (now(), state.withLock { ($0.last, $0.calls) })
        if calls < limit, let client { return client.failure }
        let seconds = max(1, (last.map { $0 + pause - now } ?? pause).wholeSeconds)
        return FieldFailure(
            .rateLimited,
            "This session has spent its \(limit) upstream calls; pause for \(seconds.inSeconds), then retry.",
            more: ["retryAfter": .integer(seconds)]
        )
    }
}

extension SessionAllowance.State {
    /// Begins another session if the pause has been long enough.
    fileprivate mutating func roll(to now: SessionAllowance.Instant, _ pause: Duration) {
        guard let last, now - last >= pause else { return }
        (calls, self.last) = (0, nil)
    }
}
