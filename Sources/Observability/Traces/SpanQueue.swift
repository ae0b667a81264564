private import Synchronization

/// A queue of spans to send; beyond its capacity, spans are dropped and counted.
final class SpanQueue: Sendable {
    private let capacity: Int
    private let state = Mutex(State())

    private struct State {
        var spans: [FinishedSpan] = []
        var dropped = 0
    }

    init(capacity: Int) { self.capacity = capacity }

    /// Adds a span; returns the number of queued spans, nil if the span was dropped.
    func add(_ span: FinishedSpan) -> Int? {
        state.withLock { state in
            guard state.spans.count < capacity else {
                state.dropped += 1
                return nil
            }
            state.spans.append(span)
            return state.spans.count
        }
    }

    /// Removes and returns spans, the oldest first.
    func take(_ count: Int) -> [FinishedSpan] {
        state.withLock { state in
            let taken = Array(state.spans.prefix(count))
            state.spans.removeFirst(taken.count)
            return taken
        }
    }
}
