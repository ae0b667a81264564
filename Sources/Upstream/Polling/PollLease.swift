private import Synchronization

/// As long as it is held, changes of a collection's objects are looked for.
package final class PollLease: Sendable {
    private let since: @Sendable () -> ContinuousClock.Instant?
    private let end: Mutex<(@Sendable () -> Void)?>

    init(since: @escaping @Sendable () -> ContinuousClock.Instant?, end: @escaping @Sendable () -> Void) {
        self.since = since
        self.end = Mutex(end)
    }

    /// From when on changes are noticed; nil: the first reading has not succeeded.
    package var noticesSince: ContinuousClock.Instant? { since() }

    deinit { cancel() }

    /// Ends the lease.
    package func cancel() {
        let end = end.withLock { end in
            defer { end = nil }
            return end
        }
        end?()
    }
}
