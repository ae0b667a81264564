internal import GraphQL
internal import Upstream

/// The results of a subscription, one for each event.
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
    private static let capacity = 256
    /// A connection without events has a sign of life as often.
    package static let heartbeat = Duration.seconds(12)

    private let service: GatewayService
    private let caller: Caller
    private let operation: PreparedOperation
    private let selection: ChangeSelection
    private let changes: ChangeSubscription

    init(_ service: GatewayService, _ caller: Caller, _ operation: PreparedOperation, _ selection: ChangeSelection) {
        self.service = service
        self.caller = caller
        self.operation = operation
        self.selection = selection
        changes = service.broker.changeFeeds[selection.workspace].subscribe(capacity: Self.capacity)
    }

    /// Hands the results to a function, one after the other, until they end.
    ///
    /// - Parameter send: takes an item, and returns when it can take the next; throws when the subscriber has gone.
    /// - Returns: why they end.
    package func run(_ send: @Sendable (Item) async throws -> Void) async -> End {
        let changes = changes
        let heartbeats = Task {
            while true {
                // Heartbeats are sent as time passes for real: proxies close what is silent. The stream's end cancels the sleep, which
                // throws and so ends the loop.
                try await Task.sleep(for: Self.heartbeat)
                changes.ping()
            }
        }
        defer {
            heartbeats.cancel()
            changes.cancel()
        }
        var seen = SeenObjects()
        do {
            for await signal in changes.signals {
                guard case .change(let change) = signal else {
                    try await send(.heartbeat)
                    continue
                }
                let session = service.session(for: caller, trace: nil)
                switch await selection.outcome(of: change, session, &seen) {
                case .none: break
                case .event(let event): try await send(.result(await response(to: event, session)))
                case .failed(let failure):
                    try await send(.result(Self.response(of: failure)))
                    return .dropped
                }
            }
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
    package func cancel() { changes.cancel() }

    private func response(to event: SourceDocument, _ session: CallSession) async -> GraphQLResponse {
        var executions = [
            Execution(
                plan: operation.plan,
                variables: operation.variables,
                maximumRows: service.limits.maximumRows
            )
        ]
        let resolver = UpstreamResolver(table: service.bindings, session: session, event: event)
        await Execution.run(&executions, with: resolver)
        let executed = ExecutedOperation(
            execution: executions[0],
            deadline: session.deadline,
            report: session.report.current
        )
        return service.response(executed, caller: caller)
    }

    static func response(of failure: FieldFailure) -> GraphQLResponse {
        GraphQLResponse.refused(
            [GraphQLError(failure.message, extensions: failure.extensions)],
            code: ErrorCode.internal.rawValue
        )
    }
}
