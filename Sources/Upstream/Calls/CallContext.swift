/// The context of calls: credentials, deadline, priority, and the report that counts them.
// PERF: a class: every stage of a call gets it.
package final class CallContext: Sendable {
    /// The credential for each workspace; nil where the caller has none.
    package let credentials: [Credential?]
    /// When the client request must have its response.
    package let deadline: ContinuousClock.Instant
    /// The caller, who takes turns with others for the budget.
    package let caller: CallerID
    /// The priority of the calls.
    package let priority: CallPriority
    /// The class of callers whose share of the budget is spent.
    package let lane: BudgetLane
    /// Counts the calls that are made and saved.
    package let report: CallReport
    /// How many calls may be begun; what is shared or cached does not count.
    package let allowance: CallAllowance
    /// The client request; nil: none waits.
    package let requestID: RequestID?
    /// The span below which calls are made; nil: the request is in no trace.
    package let trace: TraceContext?
    /// Responses from before are not used; nil: those that are fresh are.
    package let readsAfter: ContinuousClock.Instant?

    /// Puts together what holds for the calls of a client request.
    ///
    /// - Parameters:
    ///   - credentials: the credential for each workspace of the broker; nil where the caller may not go.
    ///   - deadline: when the client request must have its response.
    ///   - caller: who takes turns with others for the budget.
    ///   - priority: how urgent the calls are.
    ///   - lane: the class of callers whose share of the budget is spent.
    ///   - report: where it is noted what is spent and saved.
    ///   - allowance: how many calls may be begun.
    ///   - requestID: the client request.
    ///   - trace: the span below which calls are made; nil: the request is in no trace.
    ///   - readsAfter: responses from before are not used; nil: those that are fresh are.
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

    /// The lane that calls are counted for: those that nobody waits for are in none.
    var countedLane: BudgetLane { priority == .interactive ? lane : .none }

    /// The workspaces that the caller may use.
    package var usableWorkspaces: [Int] { credentials.indices.filter { credentials[$0] != nil } }

    /// The credential for a workspace.
    package func credential(for workspace: Int) -> Credential? {
        credentials.indices.contains(workspace) ? credentials[workspace] : nil
    }

    /// Who may see the response to a call.
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

    /// The same caller, for calls that no one waits for.
    func inBackground(deadline: ContinuousClock.Instant) -> CallContext {
        CallContext(credentials: credentials, deadline: deadline, caller: caller, priority: .refresh, lane: lane)
    }
}
