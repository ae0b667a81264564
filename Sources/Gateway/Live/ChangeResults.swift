internal import GraphQL
internal import Upstream

/// The results of a subscription, one for each event.
struct ChangeResults: ResultSource {
    let service: GatewayService
    let caller: Caller
    let operation: PreparedOperation
    let selection: ChangeSelection
    private var seen = SeenObjects()

    init(service: GatewayService, caller: Caller, operation: PreparedOperation, selection: ChangeSelection) {
        (self.service, self.caller, self.operation, self.selection) = (service, caller, operation, selection)
    }

    /// It begins with the first event.
    func begin() -> ResultStep { .nothing }

    mutating func step(after change: Change) async -> ResultStep {
        let session = service.session(for: caller, trace: nil)
        var step = ResultStep()
        switch await selection.outcome(of: change, session, &seen) {
        case .none: break
        case .event(let event): step.value = .executed(await executed(event, session))
        case .failed(let failure):
            step.value = .response(Self.response(of: failure))
            step.isLast = true
        }
        // Whether or not it is an event for this subscriber.
        step.calls = session.report.current
        return step
    }

    private func executed(_ event: ChangeEvent, _ session: CallSession) async -> ExecutedOperation {
        var executions = [
            Execution(
                plan: operation.plan,
                variables: operation.variables,
                maximumRows: service.limits.maximumRows
            )
        ]
        let resolver = UpstreamResolver(table: service.bindings, session: session, event: event)
        await Execution.run(&executions, with: resolver)
        return ExecutedOperation(
            execution: executions[0],
            deadline: session.deadline,
            report: session.report.current
        )
    }

    static func response(of failure: FieldFailure) -> GraphQLResponse {
        GraphQLResponse.refused(
            [GraphQLError(failure.message, extensions: failure.extensions)],
            code: ErrorCode.internal.rawValue
        )
    }
}
