internal import GraphQL

/// The results of an operation that has one for each change: of a subscription, or of a query that is followed.
///
/// It ends when nobody has it any more.
package final class ResultStream: Sendable {
    /// Why the results end.
    package enum End: Sendable, Equatable {
        /// The subscriber has gone.
        case cancelled
        /// The gateway stops: the subscriber subscribes again elsewhere.
        case draining
        /// The subscriber must begin anew, for a reason.
        case dropped
    }

    private let broadcast: ResultBroadcast
    private let subscriber: StreamSubscriber
    /// What waits to be taken, and what asks for signs of life; nil: a receiver is handed the results.
    private let queue: (results: ResultQueue, heartbeats: Heartbeats)?

    init(
        _ broadcast: ResultBroadcast,
        _ subscriber: StreamSubscriber,
        _ queue: (results: ResultQueue, heartbeats: Heartbeats)?
    ) {
        (self.broadcast, self.subscriber, self.queue) = (broadcast, subscriber, queue)
        if queue == nil { start() }
    }

    // If the client goes before the results are taken, nobody ends them.
    deinit { cancel() }

    /// Ends the subscription.
    package func cancel() { broadcast.leave(subscriber) }

    /// Ends a subscription that does not begin after all; the observer is notified of the reason.
    func refuse(_ code: ErrorCode) {
        subscriber.refuse(code.rawValue)
        cancel()
    }

    private func start() {
        subscriber.start()
        didTake()
    }

    /// Whether there is nothing to make for now.
    var isIdle: Bool { broadcast.isIdle }

    // MARK: - Receivers

    /// So many results may wait for a subscriber; with one more it is dropped.
    package static let capacity = ResultBroadcast.capacity

    /// Whether the next result is made when this subscriber has taken the one before.
    package var isPaced: Bool { broadcast.isPaced }

    /// Notes a result that is about to be sent.
    package func note(_ result: StreamedResult) { subscriber.note(result) }

    /// The subscriber has taken what there was, so that more may be made for it.
    package func didTake() { broadcast.didTake() }

    /// Why a subscriber must begin anew for whom too many results wait.
    package var tooSlow: StreamedResult { subscriber.request.tooSlow }

    // MARK: - Taking results

    /// Hands the results to a function, one after the other, until they end.
    ///
    /// - Parameters:
    ///   - hasHeartbeats: whether it is handed signs of life too, where nothing else happens.
    ///   - send: takes an item, and returns when it can take the next; throws when the subscriber has gone.
    /// - Returns: why they end.
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

    /// Calls a function whenever something waits, from now on.
    package func whenReady(_ notify: @escaping @Sendable () -> Void) {
        queue?.results.whenReady(notify)
        start()
    }

    /// Takes what happens next, if something waits; after the last results there is a reason or an end.
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
