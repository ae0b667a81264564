internal import GraphQL
internal import JSON
private import Synchronization

/// How many calls a session may make: a session ends with a pause, after which another one begins.
package final class SessionAllowance: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// The most calls of a session.
    package let limit: Int
    private let counter: Mutex<CallCounter>
    /// What is left to all sessions of the client together; nil: there is no limit of them.
    private let client: ClientAllowance?
    private let now: @Sendable () -> Instant

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
        counter = Mutex(CallCounter(limit: limit, .afterLast(pause)))
        self.client = client
        self.now = now
    }

    /// The calls that are left.
    package var remaining: Int {
        let now = now()
        let own = counter.withLock { $0.remaining(at: now) }
        return min(own, client?.remaining ?? own)
    }

    /// Counts a call that is about to be begun; false if that is one too many.
    func begin() -> Bool {
        guard client?.begin() ?? true else { return false }
        let now = now()
        let isAllowed = counter.withLock { $0.begin(at: now) }
        if !isAllowed { client?.refund() }
        return isAllowed
    }

    /// Takes back a call that is not made after all.
    func refund() {
        counter.withLock { $0.refund() }
        client?.refund()
    }

    /// The failure of a call that is one too many.
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
