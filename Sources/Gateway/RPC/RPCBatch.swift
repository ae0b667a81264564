internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// The calls of one message while they are executed: neighbours that read run together, those that write one by one.
struct RPCBatch {
    private let service: GatewayService
    private let caller: Caller
    private let session: CallSession
    /// What the client has left of its minute.
    private(set) var standing: ClientStanding?

    init(service: GatewayService, caller: Caller) {
        self.service = service
        self.caller = caller
        session = service.session(for: caller)
    }

    /// A call that is being executed.
    private struct Running {
        let position: Int
        let work: RPCWork
        let price: PriceRange
    }

    /// Executes calls in the order of the message, as far as it can be told from outside.
    mutating func run(_ works: [RPCWork]) async -> [RPCOutcome] {
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

    private mutating func run(_ works: [RPCWork], _ range: Range<Int>, into outcomes: inout [RPCOutcome]) async {
        var running: [Running] = []
        var executions: [Execution] = []
        for position in range {
            guard let operation = works[position].prepared else { continue }
            switch admit(operation) {
            case .failure(let error): outcomes[position] = .failed(error)
            case .success(let price):
                running.append(Running(position: position, work: works[position], price: price))
                executions.append(Execution(plan: operation.plan, variables: operation.variables))
            }
        }
        await Execution.run(&executions, with: UpstreamResolver(table: service.bindings, session: session))
        for (call, execution) in zip(running, executions) { outcomes[call.position] = outcome(of: call, execution) }
    }

    /// Prices a call, and counts it against the client's minute.
    private mutating func admit(_ operation: PreparedOperation) -> Result<PriceRange, RPCError> {
        if let admitted = service.admit(caller) {
            standing = admitted
            guard admitted.isAllowed else { return .failure(.rateLimited(admitted)) }
        }
        let price = OperationPrice(
            operation.plan,
            variables: operation.variables,
            table: service.bindings,
            terms: session.pricingTerms
        )
        if let error = price.refusal(limit: service.limits.maximumCalls) { return .failure(RPCError([error])) }
        if let charged = service.charge(price.calls.max, to: caller) {
            standing = charged
            guard charged.isAllowed else { return .failure(.rateLimited(charged)) }
        }
        return .success(price.calls)
    }

    private func outcome(of call: Running, _ execution: Execution) -> RPCOutcome {
        guard case .operation = call.work else {
            return RPCOutcome(execution, maximumErrors: service.limits.maximumErrors)
        }
        let response = service.write(execution, report: session.report.current, priced: call.price, caller: caller)
        return .result(response.body)
    }
}

extension RPCWork {
    /// Whether the call writes.
    fileprivate var writes: Bool { prepared?.kind == .mutation }
}

extension RPCError {
    /// The client has asked for too much in its minute.
    fileprivate static func rateLimited(_ standing: ClientStanding) -> RPCError {
        RPCError(
            RPCError.code(of: ErrorCode.rateLimited.rawValue),
            "You have asked for too much in this minute; try again in \(standing.secondsLeft) seconds.",
            data: ErrorCode.rateLimited.extensions(["retryAfter": .integer(standing.secondsLeft)])
        )
    }
}
