private import Upstream

extension RequestPipeline {
    /// A copy of an outcome, with the facts that the pipeline has of an operation.
    func completed(_ outcome: RequestOutcome, of operation: PreparedOperation?) -> RequestOutcome {
        var outcome = outcome
        complete(&outcome, of: operation)
        return outcome
    }

    /// Adds the facts that the pipeline has of an operation to an outcome.
    ///
    /// - Parameters:
    ///   - outcome: the record for observers.
    ///   - operation: the operation; nil: the request was refused before it was known.
    ///   - serialized: the time at which serialization ended, in nanoseconds by the clock of the service; nil: it was not serialized.
    // PERF: in place: copying retains each field.
    func complete(
        _ outcome: inout RequestOutcome,
        of operation: PreparedOperation?,
        at serialized: Int64? = nil
    ) {
        outcome.name = operation?.name
        outcome.describe(operation?.fingerprint, kind: operation?.kind.rawValue)
        outcome.estimated = estimated
        outcome.isSharedResult = isSharedResult
        if isSharedResult { outcome.isCachedResult = false }
        guard stages.isRunning else { return }
        var stages = stages
        if let serialized { stages.end(.serialize, at: serialized) }
        outcome.stages = stages.durations
    }

    /// Notifies the observer of a response.
    ///
    /// - Parameters:
    ///   - outcome: the record for observers.
    ///   - bytes: the length of the response.
    ///   - operation: the operation; nil: the request was refused before it was known.
    ///   - interface: the protocol of the request.
    ///   - now: the current time in nanoseconds by the clock of the service; nil: it is read here.
    func notify(
        of outcome: RequestOutcome,
        bytes: Int,
        to operation: PreparedOperation?,
        by interface: RequestRecord.Interface,
        at now: Int64? = nil
    ) {
        guard stages.isRunning, let observer = service.observer else { return }
        let duration = Duration.nanoseconds((now ?? service.nanoseconds) - stages.startedAt)
        var record = RequestRecord(
            id: caller.requestID,
            interface: interface,
            outcome: outcome,
            startedAt: service.instant(stages.startedAt),
            duration: duration,
            responseBytes: bytes
        )
        // PERF: most requests are in no trace; comparing with nil copies the value.
        if case .some = caller.trace { record.trace = trace ?? caller.operationSpan(isOnly: false) }
        record.isMessage = caller.isMessage
        if service.telemetry.namesCallers || caller.notes != nil || caller.isMessage || outcome.streamedResults != nil {
            record.credential = caller.namingCredential
            if let client = caller.client { record.client = client.name }
            record.lane = BudgetLanes.name(of: caller)
        }
        // A stream is never slow, however long it lasts.
        if service.telemetry.slowOperation != nil, let operation, outcome.streamedResults == nil {
            record.callPlan = callPlan(of: operation, duration: duration)
        }
        caller.notes?.add(record)
        observer.requestCompleted(record)
    }

    /// The most lines of an operation's plan that are stored.
    private static let maximumPlanLines = 40
    /// The longest line, in Unicode scalars: it has the client's own names.
    private static let maximumPlanLineLength = 200

    /// The lines of an operation's plan, for the log; nil: the operation was not slow.
    func callPlan(of operation: PreparedOperation, duration: Duration) -> [String]? {
        guard let limit = service.telemetry.slowOperation, duration >= limit else { return nil }
        guard let session else { return [] }
        let own = operation.renamed.flatMap { try? prepare($0.request, allowsRenamed: false) }
        let operation = own ?? operation
        let cost = OperationCost(
            operation.plan,
            variables: operation.variables,
            table: service.bindings,
            terms: session.costContext
        )
        let explanation = OperationExplanation(file: "", title: operation.kind.rawValue, cost: cost)
        return explanation.lines(atMost: Self.maximumPlanLines).map { line in
            guard line.utf8.count > Self.maximumPlanLineLength else { return line }
            return String(line.unicodeScalars.prefix(Self.maximumPlanLineLength))
        }
    }
}
