internal import GraphQL
internal import Upstream

/// The results of an operation that has one for each change: of a subscription, or of a query that is followed.
package struct ResultStream: Sendable {
    /// What is sent to the subscriber.
    package enum Item: Sendable {
        /// The response of one event.
        case result(GraphQLResponse)
        /// Nothing has happened for a time.
        case heartbeat
    }

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
    private let ending: Ending
    private var changes: ChangeSubscription { ending.changes }
    /// As long as these are held, changes that nobody reports are looked for.
    private let leases: [PollLease]
    private let heartbeat: Heartbeat

    init(
        _ source: some ResultSource,
        _ changes: ChangeSubscription,
        _ leases: [PollLease],
        heartbeat: Heartbeat
    ) {
        (self.source, self.leases, self.heartbeat) = (source, leases, heartbeat)
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
    package func run(_ send: @Sendable (Item) async throws -> Void) async -> End {
        let heartbeats = heartbeat.start { [changes] in changes.ping() }
        defer {
            heartbeats.cancel()
            cancel()
        }
        do {
            if let end = try await source.run(changes, send) { return end }
        } catch {
            return .cancelled
        }
        if Task.isCancelled { return .cancelled }
        guard changes.wasDropped else { return .draining }
        let message =
            "The subscriber does not keep up with the changes; subscribe again, and read anew what has changed."
        try? await send(.result(.refused(.overloaded, message, kind: .requestError)))
        return .dropped
    }

    /// Ends a subscription whose results nobody reads.
    package func cancel() {
        changes.cancel()
        for lease in leases { lease.cancel() }
    }
}
