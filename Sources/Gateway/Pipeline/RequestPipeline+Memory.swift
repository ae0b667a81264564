internal import GraphQL
internal import Upstream

extension RequestPipeline {
    /// Executes what an operation reads from memory; if that is all, it is finished.
    ///
    /// What nobody waits for takes no task.
    mutating func startFromMemory(_ start: consuming OperationStart) -> OperationStart {
        switch consume start {
        case .finished(let outcome): return .finished(outcome)
        case .run(var run):
            guard run.operation.kind == .query, case .leader = run.role else { return .run(run) }
            return startFromMemory(&run)
        }
    }

    private mutating func startFromMemory(_ run: inout OperationRun) -> OperationStart {
        let session = openSession()
        run.execution.runFromMemory(with: UpstreamResolver(table: service.bindings, session: session))
        guard run.execution.isComplete else { return .run(run) }
        end(.execute)
        return .finished(outcome(of: run, run.execution, in: session, isAlone: true))
    }

    /// The outcome of an operation whose execution is complete.
    func outcome(
        of run: OperationRun,
        _ execution: Execution,
        in session: CallSession,
        isAlone: Bool
    ) -> OperationOutcome {
        var executed = ExecutedOperation(
            execution: execution,
            deadline: session.deadline,
            report: session.report.current
        )
        if case .leader(let estimate, let leadership) = run.role {
            executed.estimate = estimate
            executed.followers = leadership
        }
        // The report is that of the whole request, and describes one operation only if it is alone. What a key that is not known
        // to be valid has made nobody else may be shown, and anybody can make up such keys.
        if isAlone, caller.isKnown(to: service.broker.workspaces) {
            executed.cacheKey = run.key
            executed.fieldKeys = run.fieldKeys
        }
        return .executed(executed)
    }
}
