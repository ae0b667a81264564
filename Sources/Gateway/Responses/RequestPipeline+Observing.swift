private import Upstream

extension RequestPipeline {
    /// An outcome with what the pipeline knows of an operation.
    func completed(_ outcome: RequestOutcome, of operation: PreparedOperation?) -> RequestOutcome {
        var outcome = outcome
        complete(&outcome, of: operation)
        return outcome
    }

    /// Adds what the pipeline knows of an operation to an outcome.
    ///
    /// - Parameters:
    ///   - outcome: what observers learn of the operation.
    ///   - operation: what was executed; nil: it was refused before that was known.
    ///   - serialized: when its response was serialized, if it has just been.
    // PERF: in place: what is copied is retained field by field.
    func complete(
        _ outcome: inout RequestOutcome,
        of operation: PreparedOperation?,
        at serialized: ContinuousClock.Instant? = nil
    ) {
        outcome.name = operation?.name
        outcome.describe(operation?.plan, kind: operation?.kind.rawValue)
        outcome.estimated = estimated
        outcome.isSharedResult = isSharedResult
        if isSharedResult { outcome.isCachedResult = false }
        guard var stages else { return }
        if let serialized { stages.end(.serialize, at: serialized) }
        outcome.stages = stages.durations
    }

    /// Notifies the observer of a response.
    ///
    /// - Parameters:
    ///   - outcome: what observers learn of it.
    ///   - bytes: its length.
    ///   - operation: what was executed; nil: it was refused before that was known.
    ///   - interface: by what protocol it was asked for.
    ///   - now: the current time, if it is known.
    func notify(
        of outcome: RequestOutcome,
        bytes: Int,
        to operation: PreparedOperation?,
        by interface: RequestRecord.Interface,
        at now: ContinuousClock.Instant? = nil
    ) {
        guard let startedAt, let observer = service.observer else { return }
        let duration = (now ?? service.broker.now()) - startedAt
        var record = RequestRecord(
            id: caller.requestID,
            interface: interface,
            outcome: outcome,
            startedAt: startedAt,
            duration: duration,
            responseBytes: bytes
        )
        record.trace = trace ?? caller.operationSpan(isOnly: false)
        record.credential = caller.namingCredential
        record.client = caller.client?.name
        record.lane = service.lanes.policy(of: caller).lane.name
        record.isMessage = caller.isMessage
        // A stream is not slow, whenever it ends.
        if service.telemetry.slowOperation != nil, let operation, outcome.streamedResults == nil {
            record.callPlan = callPlan(of: operation, duration: duration)
        }
        caller.notes?.add(record)
        observer.requestCompleted(record)
    }
}
