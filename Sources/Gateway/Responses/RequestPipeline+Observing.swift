private import Upstream

extension RequestPipeline {
    /// An outcome with what the pipeline knows of an operation.
    func completed(_ outcome: RequestOutcome, of operation: PreparedOperation?) -> RequestOutcome {
        var outcome = outcome
        outcome.name = operation?.name
        outcome.describe(operation?.plan, kind: operation?.kind.rawValue)
        outcome.estimated = estimated
        outcome.isSharedResult = isSharedResult
        if isSharedResult { outcome.isCachedResult = false }
        if let stages { outcome.stages = stages.durations }
        return outcome
    }

    /// Notifies the observer of a response.
    ///
    /// - Parameters:
    ///   - outcome: what observers learn of it.
    ///   - bytes: its length.
    ///   - operation: what was executed; nil: it was refused before that was known.
    ///   - interface: by what protocol it was asked for.
    func notify(
        of outcome: RequestOutcome,
        bytes: Int,
        to operation: PreparedOperation?,
        by interface: RequestRecord.Interface
    ) {
        guard let startedAt, let observer = service.observer else { return }
        let duration = service.broker.now() - startedAt
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
        if let operation, outcome.streamedResults == nil {
            record.callPlan = callPlan(of: operation, duration: duration)
        }
        caller.notes?.add(record)
        observer.requestCompleted(record)
    }
}
