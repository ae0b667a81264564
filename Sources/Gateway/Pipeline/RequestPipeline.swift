internal import GraphQL
internal import JSON
internal import Upstream

/// The stages of a client request; the operations of every endpoint pass them in this order, alone or as a batch.
///
/// | stage | function | decides |
/// | --- | --- | --- |
/// | authenticate | `openSession()` | which credential is used in each workspace |
/// | admit | `admit()` | whether the client has requests left in its minute |
/// | prepare | `prepare(_:)` | the operation: parsed, validated, selected, its variables coerced, planned |
/// | reuse | `start(_:)` | whether the result of an equal operation is cached, or being made |
/// | estimate | `start(_:)` | its cost, and whether that exceeds the limit of an operation or of the client's minute |
/// | execute | `execute(_:)` | the values |
/// | serialize | `GraphQLResponse`, `RPCOutcome` | the bytes, in the endpoint's protocol |
///
/// Each stage passes a value to the next: a `PreparedOperation`, an `OperationRun`, an `OperationOutcome`.
struct RequestPipeline: Sendable {
    let service: GatewayService
    let caller: Caller
    /// The span of the only operation; nil: there are several, or none is recorded.
    let trace: SpanPosition?
    /// The earliest instant at which a cached response may have been generated; nil: any fresh response may be used.
    var readsAfter: ContinuousClock.Instant?
    /// The arrival of the request and the durations of its stages, if there is an observer.
    private(set) var stages: StageClock
    /// The estimated calls of the operations so far; nil: none was estimated.
    private(set) var estimated: CostRange?
    /// Whether the result is that of an equal operation that was being executed at the time.
    private(set) var isSharedResult = false
    /// The status of the client's limits; nil: clients are not limited.
    private(set) var rateLimitStatus: RateLimitStatus?
    private(set) var session: CallSession?
    /// The revision of the configured credentials when the session was opened.
    private var configuredRevision: UInt64 = 0
    /// The most calls that the operations so far may take.
    private var allowed = 0
    /// The calls that the client has been charged for.
    private var charged = 0

    /// Makes the pipeline of a client request.
    ///
    /// - Parameters:
    ///   - service: the state that all requests share.
    ///   - caller: the sender of the request.
    ///   - isBatch: whether it has several operations.
    init(service: GatewayService, caller: Caller, isBatch: Bool = false) {
        self.service = service
        self.caller = caller.traced(by: service.telemetry.tracing)
        stages = service.observer == nil ? .stopped : StageClock(startedAt: service.nanoseconds)
        trace = isBatch ? nil : self.caller.operationSpan(isOnly: true)
    }

    /// Records the end of a stage.
    mutating func end(_ stage: StageDurations.Stage) {
        guard stages.isRunning else { return }
        stages.end(stage, at: service.nanoseconds)
    }

    /// The calls that the request has taken and saved so far.
    var report: CallReport.Counts { session?.report.current ?? CallReport.Counts() }

    // MARK: - Authenticate

    /// Opens the call session of this request, unless it is open, with the credentials of the caller.
    mutating func openSession() -> CallSession {
        if let session { return session }
        // Read before the credentials: if one is replaced in between, the response is not reused.
        configuredRevision = service.configuredCredentials.revision
        let session = service.session(
            for: caller,
            trace: trace?.context ?? caller.trace,
            readsAfter: readsAfter
        )
        self.session = session
        return session
    }

    /// The window in which equal requests may join an operation that is about to be executed; nil: they may not join.
    func sharingWindow(of run: OperationRun) -> SharingWindow? {
        guard case .leader(_, .some) = run.role, let key = run.key, let session, !caller.wantsReport,
            caller.notes == nil, trace == nil, service.rateLimitPolicy(for: caller.client) == nil
        else { return nil }
        return SharingWindow(key, report: session.report, service)
    }

    // MARK: - Admit

    /// Counts one operation against the client's minute.
    mutating func admit() throws(RequestRefusal) {
        if caller.hasMalformedKeys { throw .malformedKeys }
        try check(service.admit(caller))
        noteCharge(requests: 1)
    }

    private mutating func charge(_ calls: Int) throws(RequestRefusal) {
        try check(service.charge(calls, to: caller))
        noteCharge(calls: calls)
    }

    /// Takes back the count of the only operation, which the gateway refuses for overload before its execution.
    mutating func refundAdmission() {
        guard rateLimitStatus != nil else { return }
        rateLimitStatus = service.refund(requests: 1, calls: 0, to: caller)
    }

    private mutating func check(_ status: RateLimitStatus?) throws(RequestRefusal) {
        guard let status else { return }
        rateLimitStatus = status
        guard status.isAllowed else { throw .rateLimited(status) }
    }

    // MARK: - Prepare

    /// Prepares the operation of a GraphQL request.
    func prepare(_ request: GraphQLRequest) throws(RequestRefusal) -> PreparedOperation {
        try prepare(request, allowsRenamed: true)
    }

    /// Prepares the operation of a GraphQL request, optionally with the plan of one that only differs in its aliases.
    func prepare(
        _ request: GraphQLRequest,
        allowsRenamed: Bool
    ) throws(RequestRefusal) -> PreparedOperation {
        var operation: PreparedOperation
        try checkDocument(of: request)
        do {
            operation = try service.operations.prepare(
                request,
                executable: service.executable,
                allowsRenamed: allowsRenamed
            )
        } catch {
            throw .operation(error)
        }
        try checkWrites(operation)
        if operation.live != nil, request.extensions["live"]?["patch"] == .bool(true) { operation.live = .patches }
        return operation
    }

    /// Prepares the only operation of a document that the client has not sent.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - variables: the operation's variables.
    ///   - isDocument: whether it is a document of the operator, which a client may be allowed to execute; false: it was made of a method.
    /// - Returns: the operation.
    /// - Throws: the reason why it is refused.
    func prepare(
        _ text: String,
        variables: JSONObject,
        isDocument: Bool = false
    ) throws(RequestRefusal) -> PreparedOperation {
        if let client = caller.client, !client.mayExecuteAnyDocument,
            !isDocument || !client.mayExecute(ExactString(text))
        {
            throw .untrustedDocument
        }
        let operation: PreparedOperation
        do {
            operation = try service.operations.prepare(
                operationNamed: nil,
                of: service.operations.document(text),
                variables: variables,
                executable: service.methodSchema
            )
        } catch {
            throw .operation(error)
        }
        try checkWrites(operation)
        return operation
    }

    /// Refuses documents that a client with a list of documents may not execute.
    private func checkDocument(of request: GraphQLRequest) throws(RequestRefusal) {
        guard let client = caller.client, !client.mayExecuteAnyDocument else { return }
        let text: String
        do { text = try service.operations.text(of: request) } catch { throw .operation(error) }
        guard client.mayExecute(ExactString(text)) else { throw .untrustedDocument }
    }

    /// Refuses a mutation of a read-only client.
    private func checkWrites(_ operation: PreparedOperation) throws(RequestRefusal) {
        guard operation.kind == .mutation, caller.client?.isReadOnly == true else { return }
        throw .forbidden("This client may only read.")
    }

    // MARK: - Reuse and estimate

    /// Looks for a cached or pending result of an equal operation; if there is none, estimates the cost.
    ///
    /// - Parameters:
    ///   - operation: the operation.
    ///   - isAlone: whether it is the request's only operation.
    ///   - reusesResult: whether the result of an equal operation may be used.
    /// - Returns: its outcome, or the run to execute.
    mutating func start(
        _ operation: PreparedOperation,
        isAlone: Bool = true,
        reusesResult: Bool = true
    ) -> OperationStart {
        do throws(RequestRefusal) {
            return try begin(operation, isAlone: isAlone, reusesResult: reusesResult)
        } catch {
            end(.estimate)
            return .finished(.refused(error))
        }
    }

    /// The key of an operation's result; nil: it is not reused.
    private mutating func key(of execution: ExecutionContext) -> ResultKey? {
        let session = openSession()
        guard service.reusesResults else { return nil }
        return ResultKey(execution, for: session, configuredRevision: configuredRevision, at: service.broker.now())
    }

    private mutating func cachedResult(_ key: ResultKey) throws(RequestRefusal) -> ReusedResult? {
        guard var cached = service.results.result(key) else { return nil }
        try charge(cached.estimate.charged)
        estimated = (estimated ?? .zero) + cached.estimate.calls
        if let freshFor = cached.report.freshFor {
            cached.validity = ResponseValidity(
                key,
                freshFor: freshFor,
                broker: service.broker,
                configured: service.configuredCredentials
            )
        }
        return cached
    }

    private mutating func begin(
        _ operation: PreparedOperation,
        isAlone: Bool,
        reusesResult: Bool
    ) throws(RequestRefusal) -> OperationStart {
        let execution = Execution(
            plan: operation.plan,
            variables: operation.variables,
            maximumRows: service.limits.maximumRows,
            renaming: operation.renamed?.renaming
        )
        if execution.isComplete, reusesResult {
            let deadline = ContinuousClock.now + service.limits.timeout
            end(.estimate)
            return .finished(.executed(ExecutedOperation(execution: execution, deadline: deadline)))
        }
        let key = reusesResult ? key(of: execution.context) : nil
        if let key, let cached = try cachedResult(key) {
            end(.estimate)
            return .finished(.reused(cached))
        }
        let estimate = try estimate(operation)
        end(.estimate)
        // PERF: the run has the only reference, so that its changes copy nothing.
        var run = OperationRun(
            operation: operation,
            execution: consume execution,
            key: key,
            role: .leader(estimate, nil)
        )
        guard isAlone else {
            try allow(estimate)
            return .run(run)
        }
        if !operation.takesLong, runFromMemory(&run) {
            try allow(estimate)
            end(.execute)
            return .finished(outcome(of: run, run.execution, in: openSession(), isAlone: true))
        }
        if let key, service.broker.options.deduplication {
            switch service.sharedExecutions.join(key, session: openSession()) {
            case .lead(let leadership): run.role = .leader(estimate, leadership)
            case .follow(let other):
                run.role = .follower(other)
                return .run(run)
            }
        }
        try allow(estimate)
        return .run(run)
    }

    /// Allows an operation its estimated calls, and charges its likely ones to the client's minute.
    mutating func allow(_ estimate: OperationEstimate) throws(RequestRefusal) {
        estimated = (estimated ?? .zero) + estimate.calls
        try charge(estimate.charged)
        charged += estimate.charged
        // Operations of one request share one allowance, which is the sum of what each may take alone.
        let mostCalls = min(estimate.calls.max, service.limits.maximumCalls)
        allowed = allowed.addingReportingOverflow(mostCalls).partialValue
        let allowance = openSession().context.allowance
        allowance.raise(to: allowed)
        allowance.expect(allowed)
    }

    /// The estimated cost of an operation at this time.
    mutating func cost(of operation: PreparedOperation) -> OperationCost {
        operation.cost.cost(operation.variables, table: service.bindings, terms: openSession().costContext)
    }

    private mutating func estimate(_ operation: PreparedOperation) throws(RequestRefusal) -> OperationEstimate {
        let cost = cost(of: operation)
        let limits = service.limits
        let refusal = cost.refusal(
            limit: limits.maximumCalls,
            rows: limits.maximumRows,
            bytes: limits.maximumResponseBytes
        )
        if let refusal {
            // The error has the paths of the client's own document, so that one is prepared.
            if let renamed = operation.renamed {
                return try estimate(try prepare(renamed.request, allowsRenamed: false))
            }
            throw .tooExpensive(refusal)
        }
        return service.estimate(cost)
    }

    // MARK: - Execute

    /// Executes an operation, or waits for an equal one that is being executed.
    mutating func execute(_ run: OperationRun) async -> OperationOutcome {
        let outcome = run.operation.takesLong ? await executeElsewhere(run) : await executeAlone(run)
        end(.execute)
        return outcome
    }

    private mutating func executeElsewhere(_ run: OperationRun) async -> OperationOutcome {
        let (pipeline, outcome) = await withTaskExecutorPreference(LongWorkExecutor.shared) { [self] in
            var pipeline = self
            let outcome = await pipeline.executeAlone(run)
            return (pipeline, outcome)
        }
        self = pipeline
        return outcome
    }

    private mutating func executeAlone(_ run: OperationRun) async -> OperationOutcome {
        let session = openSession()
        var run = run
        do throws(RequestRefusal) {
            if case .follower(let other) = run.role, let key = run.key {
                if let result = await other.result(for: key, until: session.deadline) {
                    try charge(result.estimate.charged)
                    estimated = (estimated ?? .zero) + result.estimate.calls
                    isSharedResult = true
                    return .reused(result)
                }
                // That execution had errors, or was not done in time: this operation is executed itself.
                let estimate = try estimate(run.operation)
                try allow(estimate)
                run.role = .leader(estimate, nil)
            }
        } catch {
            return .refused(error)
        }
        if run.operation.takesLong, runFromMemory(&run) {
            return outcome(of: run, run.execution, in: session, isAlone: true)
        }
        return await execute([run], in: session, isAlone: true)[0]
    }

    /// Executes operations together, so that they share calls.
    ///
    /// - Parameter runs: the operations, all of them started as parts of one request.
    /// - Returns: their outcomes, in the same order.
    mutating func execute(_ runs: [OperationRun]) async -> [OperationOutcome] {
        let outcomes = await execute(runs, in: openSession(), isAlone: false)
        end(.execute)
        return outcomes
    }

    /// Raises the allowance of an operation to the calls of its plan for a response in parts, as fewer calls are batched.
    mutating func allow(_ plan: Plan, of operation: PreparedOperation) {
        let session = openSession()
        let cost = KnownCost(plan).cost(operation.variables, table: service.bindings, terms: session.costContext)
        session.context.allowance.raise(to: min(service.estimate(cost).calls.max, service.limits.maximumCalls))
    }

    /// Charges the calls of an operation with a response in parts that exceed its estimate.
    mutating func endParts() {
        rateLimitStatus = service.chargeExcess(report.made - charged, to: caller) ?? rateLimitStatus
        charged = max(charged, report.made)
        end(.execute)
    }

    private mutating func execute(
        _ runs: [OperationRun],
        in session: CallSession,
        isAlone: Bool
    ) async -> [OperationOutcome] {
        var executions = runs.map(\.execution)
        await Execution.run(&executions, with: UpstreamResolver(table: service.bindings, session: session))
        let made = session.report.current.made
        rateLimitStatus = service.chargeExcess(made - charged, to: caller) ?? rateLimitStatus
        charged = max(charged, made)
        return zip(runs, executions).map { outcome(of: $0, $1, in: session, isAlone: isAlone) }
    }
}
