internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// The calls of one message while they are executed: neighbours that read run together, those that write one by one.
struct RPCBatch {
    private let service: GatewayService
    private let plainForms: PlainForms
    private let caller: Caller
    private let session: CallSession
    /// The client's rate-limit status.
    private(set) var rateLimitStatus: RateLimitStatus?
    /// The most calls that those which were admitted may take.
    private var allowed = 0
    /// The calls that the client was charged for.
    private var charged = 0

    /// Makes a batch of calls that have been counted.
    init(service: GatewayService, plainForms: PlainForms, caller: Caller, rateLimitStatus: RateLimitStatus?) {
        self.service = service
        self.plainForms = plainForms
        self.caller = caller
        self.rateLimitStatus = rateLimitStatus
        session = service.session(for: caller)
    }

    /// A call that is being executed.
    private struct Running {
        let position: Int
        let work: PreparedCall
        let estimate: OperationEstimate
        /// The name under which its result is cached.
        let name: ResultCache.Name?
    }

    /// Executes calls so that their effects are those of the message's order.
    mutating func run(_ works: [PreparedCall]) async -> [RPCOutcome] {
        var outcomes = works.map(\.outcome)
        var start = 0
        while start < works.count {
            var end = start + 1
            if !works[start].writes {
                while end < works.count, !works[end].writes { end += 1 }
            }
            await run(works, start..<end, into: &outcomes)
            start = end
        }
        return outcomes
    }

    /// The outcome of a call that is alone, if its result is cached.
    mutating func cachedOutcome(of work: PreparedCall) -> RPCOutcome? {
        guard let operation = work.prepared else { return work.outcome }
        let execution = service.execution(of: operation)
        guard let name = service.results.name(of: execution, for: session), let cached = service.results.result(name)
        else { return nil }
        switch admit(operation, estimate: cached.estimate) {
        case .failure(let error): return .failed(error)
        case .success: return outcome(of: work, cached, as: name)
        }
    }

    private mutating func run(_ works: [PreparedCall], _ range: Range<Int>, into outcomes: inout [RPCOutcome]) async {
        var running: [Running] = []
        var executions: [Execution] = []
        for position in range {
            guard let operation = works[position].prepared else { continue }
            let execution = service.execution(of: operation)
            let name = service.results.name(of: execution, for: session)
            let cached = name.flatMap { service.results.result($0) }
            switch admit(operation, estimate: cached?.estimate) {
            case .failure(let error):
                outcomes[position] = .failed(error)
            case .success(let estimate):
                if let cached, let name {
                    outcomes[position] = outcome(of: works[position], cached, as: name)
                } else {
                    running.append(Running(position: position, work: works[position], estimate: estimate, name: name))
                    executions.append(execution)
                }
            }
        }
        guard !running.isEmpty else { return }
        await Execution.run(&executions, with: UpstreamResolver(table: service.bindings, session: session))
        let made = session.report.current.made
        rateLimitStatus = service.chargeExcess(made - charged, to: caller) ?? rateLimitStatus
        charged = max(charged, made)
        for (call, execution) in zip(running, executions) {
            outcomes[call.position] = outcome(of: call, execution, isAlone: works.count == 1)
        }
    }

    /// Estimates a call without an estimate, and counts its upstream calls against the client's minute.
    ///
    /// The calls of a batch share what they may take together: each may take what it could take alone.
    private mutating func admit(
        _ operation: PreparedOperation,
        estimate known: OperationEstimate?
    ) -> Result<OperationEstimate, RPCError> {
        let estimate: OperationEstimate
        if let known {
            estimate = known
        } else {
            let cost = OperationCost(
                operation.plan,
                variables: operation.variables,
                table: service.bindings,
                terms: session.costContext
            )
            let limits = service.limits
            let refusal = cost.refusal(
                limit: limits.maximumCalls,
                rows: limits.maximumRows,
                bytes: limits.maximumResponseBytes
            )
            if let refusal { return .failure(RPCError([refusal])) }
            estimate = service.estimate(cost)
        }
        if let status = service.charge(estimate.charged, to: caller) {
            rateLimitStatus = status
            guard status.isAllowed else { return .failure(.rateLimited(status)) }
        }
        if known == nil {
            charged += estimate.charged
            allowed = allowed.addingReportingOverflow(min(estimate.calls.max, service.limits.maximumCalls)).partialValue
            session.context.allowance.raise(to: allowed)
        }
        return .success(estimate)
    }

    private func outcome(of call: Running, _ execution: Execution, isAlone: Bool) -> RPCOutcome {
        let report = session.report.current
        // The report is that of the whole batch: a single call knows its own cost only if it is alone.
        let name = isAlone && caller.isKnown(to: service.broker.workspaces) ? call.name : nil
        if case .method(_, let type) = call.work {
            let outcome = RPCOutcome(execution, service: service, deadline: session.deadline)
                .spelled(plainForms, type)
            if case .result(let value) = outcome, let name {
                service.results.store(
                    SerializedResult(only: value, of: execution.plan),
                    as: name,
                    estimate: call.estimate,
                    report: report
                )
            }
            return outcome
        }
        let response = service.write(
            execution,
            until: session.deadline,
            report: report,
            estimate: call.estimate,
            caller: caller,
            cachedAs: name
        )
        return .result(response.body)
    }

    private func outcome(
        of work: PreparedCall,
        _ cached: ResultCache.CachedResult,
        as name: ResultCache.Name
    ) -> RPCOutcome {
        switch work {
        case .finished(let outcome):
            return outcome
        case .method(let operation, type: _):
            guard cached.data.byteCount(for: operation.plan) <= service.limits.maximumResponseBytes else {
                return .failed(RPCError([service.limits.responseTooLarge]))
            }
            return .result(cached.data.onlyValue(for: operation.plan))
        case .operation(let operation):
            return .result(service.write(cached, as: name, plan: operation.plan, caller: caller).body)
        }
    }
}

extension PreparedCall {
    /// Whether the call writes.
    fileprivate var writes: Bool { prepared?.kind == .mutation }
}

extension RPCError {
    /// The client has exhausted its limit of the minute.
    static func rateLimited(_ rateLimitStatus: RateLimitStatus) -> RPCError {
        RPCError(
            ErrorCode.rateLimited.rpcCode,
            RateLimitStatus.refusalMessage(retryAfter: rateLimitStatus.secondsLeft),
            data: ErrorCode.rateLimited.extensions(["retryAfter": .integer(rateLimitStatus.secondsLeft)])
        )
    }
}
