internal import GraphQL
internal import Upstream

extension RequestPipeline {
    /// Executes a request's only operation as far as it can be read from memory: cached results of root fields, and cached responses.
    ///
    /// This needs no task, and no other request can wait for it.
    ///
    /// - Parameter run: the operation, whose execution has not begun.
    /// - Returns: whether it is complete; false: the rest of it needs upstream calls.
    mutating func runFromMemory(_ run: inout OperationRun) -> Bool {
        guard service.broker.options.caching else { return false }
        let session = openSession()
        // A report has the calls of each field, which a cached result lacks.
        if let key = run.key, !caller.wantsReport {
            run.fieldKeys = service.fieldResults.use(in: &run.execution, key, report: session.report)
        }
        guard run.operation.kind == .query else { return false }
        run.execution.runFromMemory(with: UpstreamResolver(table: service.bindings, session: session))
        return run.execution.isComplete
    }

    /// The outcome of an operation whose execution is complete.
    func outcome(
        of run: OperationRun,
        _ execution: Execution,
        in session: CallSession,
        isAlone: Bool
    ) -> OperationOutcome {
        var (estimate, followers) = (OperationEstimate(), SharedExecutions.Leadership?.none)
        if case .leader(let own, let leadership) = run.role { (estimate, followers) = (own, leadership) }
        // The report is that of the whole request, and describes one operation only if it is alone. A result fetched with a key that
        // the upstream has not accepted must not be reused: anybody can make up such keys.
        let mayBeCached = isAlone && caller.isKnown(to: service.broker.workspaces)
        return .executed(
            ExecutedOperation(
                execution: execution,
                deadline: session.deadline,
                report: session.report.current,
                estimate: estimate,
                cacheKey: mayBeCached ? run.key : nil,
                fieldKeys: mayBeCached ? run.fieldKeys : [],
                followers: followers
            )
        )
    }
}
