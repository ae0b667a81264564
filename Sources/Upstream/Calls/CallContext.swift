/// The context of calls: credentials, deadline, priority, and the report that counts them.
// PERF: a class: every stage of a call gets it.
package final class CallContext: Sendable {
    /// The credential for each workspace; nil where the caller has none.
    package let credentials: [Credential?]
    /// The time by which the client request must have its response.
    package let deadline: ContinuousClock.Instant
    /// The caller, which takes turns with others in the queue for the budget.
    package let caller: CallerID
    /// The priority of the calls.
    package let priority: CallPriority
    /// The class of callers from whose share of the budget the calls are made.
    package let lane: BudgetLane
    /// Counts the calls that are made and saved.
    package let report: CallReport
    /// The number of calls that may be begun; shared calls and cached responses do not count.
    package let allowance: CallAllowance
    /// The id of the client request; nil: no request waits for the calls.
    package let requestID: RequestID?
    /// The parent span of the calls; nil: the request has no trace.
    package let trace: TraceContext?
    /// The time before which cached responses are too old to be used; nil: the cache policy alone decides.
    package let readsAfter: ContinuousClock.Instant?

    /// Makes the context of a client request's calls.
    ///
    /// - Parameters:
    ///   - credentials: the credential for each workspace of the broker, by its index; nil where the caller has none.
    ///   - deadline: when the client request must have its response.
    ///   - caller: the caller, which takes turns with others in the queue for the budget.
    ///   - priority: how urgent the calls are.
    ///   - lane: the class of callers from whose share of the budget the calls are made.
    ///   - report: counts the calls that are made and saved.
    ///   - allowance: how many calls may be begun.
    ///   - requestID: the id of the client request.
    ///   - trace: the parent span of the calls; nil: the request has no trace.
    ///   - readsAfter: the time before which cached responses are too old to be used; nil: the cache policy alone decides.
    package init(
        credentials: [Credential?],
        deadline: ContinuousClock.Instant,
        caller: CallerID,
        priority: CallPriority = .interactive,
        lane: BudgetLane = .none,
        report: CallReport = CallReport(),
        allowance: CallAllowance = CallAllowance(),
        requestID: RequestID? = nil,
        trace: TraceContext? = nil,
        readsAfter: ContinuousClock.Instant? = nil
    ) {
        self.credentials = credentials
        self.deadline = deadline
        self.caller = caller
        self.priority = priority
        self.lane = lane
        self.report = report
        self.allowance = allowance
        self.requestID = requestID
        self.trace = trace
        self.readsAfter = readsAfter
    }

    /// The lane for which calls are counted: calls that no client waits for count for none.
    var countedLane: BudgetLane { priority == .interactive ? lane : .none }

    /// The indices of the workspaces that the caller may use.
    package var usableWorkspaces: [Int] { credentials.indices.filter { credentials[$0] != nil } }

    /// The credential for a workspace.
    package func credential(for workspace: Int) -> Credential? {
        credentials.indices.contains(workspace) ? credentials[workspace] : nil
    }

    /// The scope of the callers that may see the response to a call.
    func scope(of workspace: Int, purpose: CallPurpose) -> CacheScope {
        // A caller that may not use a workspace sees none of its responses, not even shared ones.
        guard let own = credential(for: workspace) else { return .credential(Credential(authorization: nil)) }
        return purpose.policy.isShared ? .workspace : .credential(own)
    }

    /// The cache key of the response to a call.
    func key(of call: Call, purpose: CallPurpose) -> CacheKey {
        CacheKey(
            workspace: call.workspace,
            scope: scope(of: call.workspace, purpose: purpose),
            path: call.path,
            digest: call.hashValue
        )
    }

    /// The context of a refresh by the same caller, for which no client waits.
    func inBackground(deadline: ContinuousClock.Instant) -> CallContext {
        CallContext(credentials: credentials, deadline: deadline, caller: caller, priority: .refresh, lane: lane)
    }
}
