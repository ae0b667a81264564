package import GraphQL
private import Synchronization

/// As long as it is held, the gateway polls a collection for changes of its objects.
package final class PollLease: Sendable {
    /// The functions of the reader that the holder of a lease can call.
    struct Reader: Sendable {
        /// The time since which changes are noticed; nil: the first poll has not succeeded.
        let noticesSince: @Sendable () -> ContinuousClock.Instant?
        /// Sets a function that is called when the upstream does not accept the key; at once if it did not the last time.
        let whenRefused: @Sendable (@escaping @Sendable (FieldFailure) -> Void) -> Void
        /// Ends the lease.
        let end: @Sendable () -> Void
    }

    private let reader: Mutex<Reader?>

    init(_ reader: Reader) {
        self.reader = Mutex(reader)
    }

    /// The time since which changes are noticed; nil: the first poll has not succeeded, or the lease has ended.
    package var noticesSince: ContinuousClock.Instant? { reader.withLock { $0 }?.noticesSince() }

    deinit { cancel() }

    /// Sets a function that is called when the upstream does not accept the key of the polls.
    ///
    /// - Parameter body: receives the reason; it may be called several times.
    package func whenRefused(_ body: @escaping @Sendable (FieldFailure) -> Void) {
        reader.withLock { $0 }?.whenRefused(body)
    }

    /// Ends the lease.
    package func cancel() {
        let reader = reader.withLock { reader in
            defer { reader = nil }
            return reader
        }
        reader?.end()
    }
}
