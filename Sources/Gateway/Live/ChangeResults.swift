internal import GraphQL
internal import Upstream

/// The results of a subscription, one for each event.
struct ChangeResults: ResultSource {
    let service: GatewayService
    let caller: Caller
    let operation: PreparedOperation
    let selection: ChangeSelection

    func run(
        _ changes: ChangeSubscription,
        _ send: @Sendable (ResultStream.Item) async throws -> Void
    ) async throws -> ResultStream.End? {
        var seen = SeenObjects()
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
        return nil
    }

    private func response(to event: ChangeEvent, _ session: CallSession) async -> GraphQLResponse {
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
