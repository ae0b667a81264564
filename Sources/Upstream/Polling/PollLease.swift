package import GraphQL
private import Synchronization

/// As long as it is held, changes of a collection's objects are looked for.
package final class PollLease: Sendable {
    /// What the holder of a lease can ask of the reader.
    struct Reader: Sendable {
        /// From when on changes are noticed.
        let noticesSince: @Sendable () -> ContinuousClock.Instant?
        /// Calls a function when the upstream does not accept the key, at once if it did not the last time.
        let whenRefused: @Sendable (@escaping @Sendable (FieldFailure) -> Void) -> Void
        /// Ends the lease.
        let end: @Sendable () -> Void
    }

    private let reader: Mutex<Reader?>

    init(_ reader: Reader) {
        self.reader = Mutex(reader)
    }

    /// From when on changes are noticed; nil: the first reading has not succeeded.
    package var noticesSince: ContinuousClock.Instant? { reader.withLock { $0 }?.noticesSince() }

    deinit { cancel() }

    /// Calls a function when the upstream does not accept the key with which changes are looked for.
    ///
    /// - Parameter body: gets the reason; it may be called several times.
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
