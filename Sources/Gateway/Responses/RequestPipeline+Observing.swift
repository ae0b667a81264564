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
    ///   - serialized: when its response was serialized, if it has just been, by the clock of the service.
    // PERF: in place: what is copied is retained field by field.
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
    ///   - outcome: what observers learn of it.
    ///   - bytes: its length.
    ///   - operation: what was executed; nil: it was refused before that was known.
    ///   - interface: by what protocol it was asked for.
    ///   - now: the current time by the clock of the service, if it is known.
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
        // PERF: mostly it is in no trace; what is compared with nil is copied.
        if case .some = caller.trace { record.trace = trace ?? caller.operationSpan(isOnly: false) }
        record.isMessage = caller.isMessage
        if service.telemetry.namesCallers || caller.notes != nil || caller.isMessage || outcome.streamedResults != nil {
            record.credential = caller.namingCredential
            if let client = caller.client { record.client = client.name }
            record.lane = BudgetLanes.name(of: caller)
        }
        // A stream is not slow, whenever it ends.
        if service.telemetry.slowOperation != nil, let operation, outcome.streamedResults == nil {
            record.callPlan = callPlan(of: operation, duration: duration)
        }
        caller.notes?.add(record)
        observer.requestCompleted(record)
    }
}
