internal import GraphQL
internal import Upstream

/// The results of a subscription, one for each event, shared by all equal subscriptions with the same keys.
struct ChangeResults: ResultSource {
    let service: GatewayService
    let operation: PreparedOperation
    let selection: ChangeSelection
    let writer: ResultWriter
    /// Whether changed objects were visible when the changes became known.
    let visible: VisibleObjects
    private var seen = SeenObjects()

    init(
        service: GatewayService,
        operation: PreparedOperation,
        selection: ChangeSelection,
        visible: VisibleObjects,
        writer: ResultWriter
    ) {
        (self.service, self.operation) = (service, operation)
        (self.selection, self.visible, self.writer) = (selection, visible, writer)
    }

    var isPaced: Bool { false }

    var due: ContinuousClock.Instant? { nil }

    /// Makes no result: the first one is that of the first event.
    func begin() -> [ResultStep] { [] }

    mutating func stepsWhenDue(for caller: Caller) async -> [ResultStep] { [] }

    mutating func steps(after change: Change, number: UInt64, for caller: Caller) async -> [ResultStep] {
        let session = service.session(for: caller, trace: nil)
        let wasVisible = change.key.flatMap { visible.take($0) }
        let outcome = await selection.outcome(of: change, number: number, wasVisible: wasVisible, session, &seen)
        var executed: ExecutedOperation?
        if let event = outcome.event { executed = await self.executed(event, session) }
        // The calls are counted before any subscriber has the event, and also if it is for nobody.
        var steps = [ResultStep(audience: .nobody, calls: session.report.current)]
        if let executed {
            let result = writer.write(.executed(executed), service, caller)
            steps.append(ResultStep(result: result, audience: outcome.audience))
        }
        if let failure = outcome.failure {
            let result = writer.write(.response(Self.response(of: failure)), service, caller)
            steps.append(ResultStep(result: result, isLast: true, audience: outcome.failureAudience))
        }
        return steps
    }

    func steps(after refusal: FieldFailure, for caller: Caller) -> [ResultStep] {
        [ResultStep(result: writer.write(.response(Self.response(of: refusal)), service, caller), isLast: true)]
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
