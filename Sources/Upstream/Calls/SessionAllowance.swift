internal import GraphQL
internal import JSON
private import Synchronization

/// The limit of calls of a session; after a pause without calls, another session begins.
package final class SessionAllowance: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// The most calls of a session.
    package let limit: Int
    private let counter: Mutex<CallCounter>
    /// The allowance that all sessions of the client share; nil: they have no common limit.
    private let client: ClientAllowance?
    private let now: @Sendable () -> Instant

    /// Begins a session.
    ///
    /// - Parameters:
    ///   - limit: the most calls.
    ///   - pause: the time without a call after which the next call begins another session.
    ///   - client: the allowance that all sessions of the client share; nil: they have no common limit.
    ///   - now: the clock, replaced in tests.
    package init(
        limit: Int,
        pause: Duration,
        of client: ClientAllowance? = nil,
        now: @escaping @Sendable () -> Instant = { ContinuousClock.now }
    ) {
        self.limit = limit
        counter = Mutex(CallCounter(limit: limit, .afterLast(pause)))
        self.client = client
        self.now = now
    }

    /// The number of calls that are left, to the session and to its client.
    package var remaining: Int {
        let now = now()
        let own = counter.withLock { $0.remaining(at: now) }
        return min(own, client?.remaining ?? own)
    }

    /// Counts a call that is about to be begun; returns false if it would exceed a limit.
    func begin() -> Bool {
        guard client?.begin() ?? true else { return false }
        let now = now()
        let isAllowed = counter.withLock { $0.begin(at: now) }
        if !isAllowed { client?.refund() }
        return isAllowed
    }

    /// Takes back a call that was counted but not made.
    func refund() {
        counter.withLock { $0.refund() }
        client?.refund()
    }

    /// The failure of a call that exceeds a limit.
    var failure: FieldFailure {
        let now = now()
        let (calls, seconds) = counter.withLock { ($0.calls, $0.secondsLeft(at: now)) }
        if calls < limit, let client { return client.failure }
        return FieldFailure(
            .rateLimited,
            "This session has spent its \(limit) upstream calls; pause for \(seconds.inSeconds), then retry.",
            more: ["retryAfter": .integer(seconds)]
        )
    }
}
