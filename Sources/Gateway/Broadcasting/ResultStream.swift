internal import GraphQL

/// The results of a subscription or of a live query: one for each change.
///
/// It ends when it is released.
package final class ResultStream: Sendable {
    /// The reason why a stream ends.
    package enum End: Sendable, Equatable {
        /// The subscriber has left.
        case cancelled
        /// The gateway shuts down: the subscriber should subscribe again elsewhere.
        case draining
        /// The subscriber has to subscribe again, for a reason that it was sent.
        case dropped
    }

    private let broadcast: ResultBroadcast
    private let subscriber: StreamSubscriber
    /// The queue of results and the timer of keep-alive messages; nil: a receiver is called with the results.
    private let queue: (results: ResultQueue, heartbeats: Heartbeats)?

    init(
        _ broadcast: ResultBroadcast,
        _ subscriber: StreamSubscriber,
        _ queue: (results: ResultQueue, heartbeats: Heartbeats)?
    ) {
        (self.broadcast, self.subscriber, self.queue) = (broadcast, subscriber, queue)
        if queue == nil { start() }
    }

    // If the client leaves before the results are read, no other code ends the stream.
    deinit { cancel() }

    /// Ends the subscription.
    package func cancel() { broadcast.leave(subscriber) }

    /// Ends a subscription that is refused; the observer is notified of the error code.
    func refuse(_ code: ErrorCode) {
        subscriber.refuse(code.rawValue)
        cancel()
    }

    private func start() {
        subscriber.start()
        didTake()
    }

    /// Whether there is no result to make for now.
    var isIdle: Bool { broadcast.isIdle }

    // MARK: - Receivers

    /// The most results that may be queued for a subscriber; with one more it is dropped.
    package static let capacity = ResultBroadcast.capacity

    /// Whether the next result is made only after this subscriber has taken the last.
    package var isPaced: Bool { broadcast.isPaced }

    /// Records a result that is about to be sent.
    package func note(_ result: StreamedResult) { subscriber.note(result) }

    /// Notes that the subscriber has taken its result, so that the next may be made.
    package func didTake() { broadcast.didTake() }

    /// The error for a subscriber that is dropped because too many results were queued.
    package var tooSlow: StreamedResult { subscriber.request.tooSlow }

    // MARK: - Taking results

    /// Passes the results to a function, one after the other, until they end.
    ///
    /// - Parameters:
    ///   - hasHeartbeats: whether it is called for keep-alive messages too.
    ///   - send: sends an item, and returns when it can take the next; throws when the subscriber has left.
    /// - Returns: the reason of the end.
    package func run(
        hasHeartbeats: Bool = false,
        _ send: @Sendable (StreamItem) async throws -> Void
    ) async -> End {
        guard let (queue, heartbeats) = queue else { return .cancelled }
        start()
        let heartbeat = hasHeartbeats ? heartbeats.begin { [weak queue] in queue?.beat() } : nil
        defer {
            heartbeat?.end()
            cancel()
        }
        do {
            return try await take(from: queue, send)
        } catch {
            return .cancelled
        }
    }

    /// Starts the stream, and calls a function whenever an item is queued.
    package func whenReady(_ notify: @escaping @Sendable () -> Void) {
        queue?.results.whenReady(notify)
        start()
    }

    /// Takes the next event, if one is queued; the last event is a failure or an end.
    package func next() -> StreamEvent? {
        switch queue?.results.takeNext() {
        case .event(let event)?:
            if let result = event.result { note(result) }
            return event
        case .overflow?:
            let result = tooSlow
            note(result)
            return .failure(result)
        case .heartbeat?, .cancelled?, nil: return nil
        }
    }

    private func take(
        from queue: ResultQueue,
        _ send: @Sendable (StreamItem) async throws -> Void
    ) async throws -> End {
        while true {
            switch await queue.next() {
            case .event(.result(let result)):
                note(result)
                try await send(.result(result))
                didTake()
            case .event(.failure(let result)):
                note(result)
                try await send(.failure(result))
                return .dropped
            case .overflow:
                let result = tooSlow
                note(result)
                try? await send(.failure(result))
                return .dropped
            case .event(.end(let end)): return end
            case .heartbeat: try await send(.heartbeat)
            case .cancelled: return .cancelled
            }
        }
    }
}
