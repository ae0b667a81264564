private import Synchronization

/// One reader of a feed.
package final class ChangeSubscription: Sendable {
    /// What a reader is handed.
    package enum Signal: Sendable, Equatable {
        case change(Change)
        /// Somebody has asked for a sign of life.
        case ping
    }

    /// The changes; they end when the subscription is cancelled, the feed is closed, or the reader has been too slow.
    package let signals: AsyncStream<Signal>
    private let continuation: AsyncStream<Signal>.Continuation
    private let dropped = Atomic(false)

    init(capacity: Int) {
        (signals, continuation) = AsyncStream<Signal>.makeStream(bufferingPolicy: .bufferingOldest(capacity))
    }

    /// Whether the reader was too slow: it has missed changes.
    package var wasDropped: Bool { dropped.load(ordering: .acquiring) }

    /// Ends the subscription.
    package func cancel() { continuation.finish() }

    /// Hands the reader a sign of life, unless something else waits for it that is one.
    package func ping() { continuation.yield(.ping) }

    func add(_ change: Change) {
        // What does not fit would be missed, so that the reader must begin anew.
        if case .dropped = continuation.yield(.change(change)) {
            dropped.store(true, ordering: .releasing)
            continuation.finish()
        }
    }

    func whenEnded(_ body: @escaping @Sendable () -> Void) {
        continuation.onTermination = { _ in body() }
    }
}
