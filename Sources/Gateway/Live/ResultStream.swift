internal import GraphQL
internal import Upstream

/// The results of an operation that has one for each change: of a subscription, or of a query that is followed.
package struct ResultStream: Sendable {
    /// Why the results end.
    package enum End: Sendable, Equatable {
        /// The subscriber has gone.
        case cancelled
        /// The gateway stops: the subscriber subscribes again elsewhere.
        case draining
        /// The subscriber must begin anew, for a reason.
        case dropped
    }

    /// So many changes may wait for a subscriber.
    static let capacity = 256

    private let source: any ResultSource
    private let request: StreamRequest
    private let ending: Ending
    private var changes: ChangeSubscription { ending.changes }
    /// As long as these are held, changes that nobody reports are looked for.
    private let leases: [PollLease]
    private let heartbeat: Heartbeat

    init(
        _ source: some ResultSource,
        _ changes: ChangeSubscription,
        _ leases: [PollLease],
        for request: StreamRequest
    ) {
        (self.source, self.leases, self.request) = (source, leases, request)
        heartbeat = Heartbeat(scheduler: request.pipeline.service.broker.scheduler)
        ending = Ending(changes)
    }

    /// Ends the changes when nobody has the stream any more: if the client goes before it begins, it is never run.
    private final class Ending: Sendable {
        let changes: ChangeSubscription

        init(_ changes: ChangeSubscription) {
            self.changes = changes
        }

        deinit { changes.cancel() }
    }

    /// Hands the results to a function, one after the other, until they end.
    ///
    /// - Parameter send: takes an item, and returns when it can take the next; throws when the subscriber has gone.
    /// - Returns: why they end.
    package func run(_ send: @Sendable (StreamItem<GraphQLResponse>) async throws -> Void) async -> End {
        await run(writing: { $0.response }, send)
    }

    /// Hands the results to a function, as a protocol has them.
    ///
    /// - Parameters:
    ///   - write: writes a result.
    ///   - send: takes an item, and returns when it can take the next; throws when the subscriber has gone.
    /// - Returns: why they end.
    func run<Output>(
        writing write: @Sendable (StreamedResult) -> Output,
        _ send: @Sendable (StreamItem<Output>) async throws -> Void
    ) async -> End {
        let heartbeats = heartbeat.start { [changes] in changes.ping() }
        var sent = StreamRequest.Sent()
        defer {
            heartbeats.cancel()
            cancel()
            request.end(sent)
        }
        do {
            return try await sendResults(write, send, &sent)
        } catch {
            return .cancelled
        }
    }

    private func sendResults<Output>(
        _ write: @Sendable (StreamedResult) -> Output,
        _ send: @Sendable (StreamItem<Output>) async throws -> Void,
        _ sent: inout StreamRequest.Sent
    ) async throws -> End {
        /// Sends what there is to send; returns whether it is the last.
        func hand(_ step: ResultStep, _ sent: inout StreamRequest.Sent) async throws -> Bool {
            request.charge(step.calls, to: &sent)
            // The failure of a call that ends with its subscriber is no reason to begin anew.
            try Task.checkCancellation()
            guard let value = step.value else { return step.isLast }
            let output = write(request.result(value))
            request.note(output, in: &sent)
            try await send(step.isLast ? .failure(output) : .result(output))
            return step.isLast
        }
        var source = source
        if try await hand(await source.begin(), &sent) { return .dropped }
        for await signal in changes.signals {
            // Whatever changes from here on, while a query is executed too, is another signal.
            changes.acknowledge(signal)
            guard case .change(let change) = signal else {
                try await send(.heartbeat)
                continue
            }
            if try await hand(await source.step(after: change), &sent) { return .dropped }
        }
        if Task.isCancelled { return .cancelled }
        guard changes.wasDropped else { return .draining }
        let message =
            "The subscriber does not keep up with the changes; subscribe again, and read anew what has changed."
        let response = GraphQLResponse.refused(.overloaded, message, kind: .requestError)
        _ = try? await hand(ResultStep(value: .response(response), isLast: true), &sent)
        return .dropped
    }

    /// Ends a subscription whose results nobody reads.
    package func cancel() {
        changes.cancel()
        for lease in leases { lease.cancel() }
    }
}
