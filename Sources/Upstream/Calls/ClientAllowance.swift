internal import GraphQL
internal import JSON
private import Synchronization

/// The limit of calls that all sessions of one client share in a window of time, so that a client cannot evade it with new sessions.
package final class ClientAllowance: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private let counter: Mutex<CallCounter>
    private let now: @Sendable () -> Instant

    /// Makes the allowance of a client.
    ///
    /// - Parameters:
    ///   - limit: the most calls of a window.
    ///   - window: the length of a window, which begins with its first call.
    ///   - now: the clock, replaced in tests.
    package init(limit: Int, window: Duration, now: @escaping @Sendable () -> Instant = { ContinuousClock.now }) {
        counter = Mutex(CallCounter(limit: limit, .afterFirst(window)))
        self.now = now
    }

    /// The number of calls that are left in this window.
    var remaining: Int {
        let now = now()
        return counter.withLock { $0.remaining(at: now) }
    }

    /// Counts a call that is about to be begun; returns false if it would exceed the limit.
    func begin() -> Bool {
        let now = now()
        return counter.withLock { $0.begin(at: now) }
    }

    /// Takes back a call that was counted but not made.
    func refund() { counter.withLock { $0.refund() } }

    /// The failure of a call that exceeds the limit.
    var failure: FieldFailure {
        let now = now()
        let (limit, seconds) = counter.withLock { ($0.limit, $0.secondsLeft(at: now)) }
        return FieldFailure(
            .rateLimited,
            "The sessions of this client have spent their \(limit) upstream calls together; retry in \(seconds.inSeconds).",
            more: ["retryAfter": .integer(seconds)]
        )
    }
}
