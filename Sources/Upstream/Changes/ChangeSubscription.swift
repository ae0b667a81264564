internal import GraphQL
private import Synchronization

/// One reader of feeds.
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
    /// The types of which the reader wants to know that something has changed, and not what; nil: it wants to know each change.
    private let types: Set<TypeID>?
    /// Whether a change is the reader's.
    private let isWanted: @Sendable (Change) -> Bool
    /// Whether a change or a ping waits that stands for all further ones.
    private let changeWaits = Atomic(false)
    private let pingWaits = Atomic(false)

    /// A reader of each change that it wants.
    init(capacity: Int, where isWanted: @escaping @Sendable (Change) -> Bool) {
        types = nil
        self.isWanted = isWanted
        (signals, continuation) = AsyncStream<Signal>.makeStream(bufferingPolicy: .bufferingOldest(capacity))
    }

    /// A reader that learns that something has changed, and says when it looks.
    init(types: Set<TypeID>) {
        self.types = types
        isWanted = { types.contains($0.type) }
        // One change and one ping wait at most.
        (signals, continuation) = AsyncStream<Signal>.makeStream(bufferingPolicy: .unbounded)
    }

    /// Whether the reader was too slow: it has missed changes.
    package var wasDropped: Bool { dropped.load(ordering: .acquiring) }

    /// Ends the subscription.
    package func cancel() { continuation.finish() }

    /// Hands the reader a sign of life, unless something else waits for it that is one.
    package func ping() {
        if types != nil, pingWaits.exchange(true, ordering: .acquiringAndReleasing) { return }
        continuation.yield(.ping)
    }

    /// Notes that the reader looks at what there is now: what changes from now on is another signal.
    package func acknowledge(_ signal: Signal) {
        switch signal {
        case .change: changeWaits.store(false, ordering: .sequentiallyConsistent)
        case .ping: pingWaits.store(false, ordering: .sequentiallyConsistent)
        }
    }

    func add(_ change: Change) {
        guard isWanted(change) else { return }
        if types != nil {
            guard !changeWaits.exchange(true, ordering: .sequentiallyConsistent) else {
                return
            }
            continuation.yield(.change(change))
            return
        }
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
