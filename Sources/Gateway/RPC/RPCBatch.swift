internal import GraphQL
internal import JSON
internal import JSONRPC
internal import Upstream

/// The calls of one message in the pipeline: adjacent reads are executed together, writes one by one.
struct RPCBatch: Sendable {
    private(set) var pipeline: RequestPipeline
    let calls: [PreparedCall]
    /// The writes with idempotency keys, by the indices of their calls.
    var idempotency: [Int: IdempotentRequest] = [:]

    /// Makes a batch of calls that have been admitted and prepared.
    init(_ calls: [PreparedCall], pipeline: RequestPipeline) {
        self.calls = calls
        self.pipeline = pipeline
        bytesLeft = pipeline.service.limits.maximumResponseBytes
    }

    /// The bytes that outcomes may still have together with those that are known.
    private var bytesLeft: Int

    /// The validity of the outcome for equal messages; nil: it is not reused.
    private(set) var validity: ResponseValidity?

    /// The report of the result that was reused instead of executing the only call; nil: none was.
    private(set) var reusedReport: CallReport.Counts?

    /// The number of calls with the replies of earlier equal calls.
    private var replayedCalls = 0

    /// Whether all calls have the replies of earlier equal calls, so that none was executed.
    var isReplayed: Bool { replayedCalls > 0 && replayedCalls == calls.count }

    /// The status of the client's limits; nil: it is not limited.
    var rateLimitStatus: RateLimitStatus? { pipeline.rateLimitStatus }

    /// The outcomes, if none needs an upstream call; nil: `run()` has to be called.
    mutating func outcomesAtOnce() -> [RPCOutcome]? {
        let known = calls.compactMap(\.outcome)
        if known.count == calls.count { return known }
        guard calls.count == 1, idempotency.isEmpty, let operation = calls[0].operation else { return nil }
        switch pipeline.start(operation) {
        case .finished(let outcome):
            guard let response = outcome.serializedAtOnce({ self.outcome(of: calls[0], $0, maximumBytes: $1) }) else {
                finished = outcome
                return nil
            }
            if case .reused(let result) = outcome {
                validity = result.validity
                reusedReport = result.report
            }
            return [response]
        case .run(let run):
            started = run
            return nil
        }
    }

    /// The run of the only call, which `outcomesAtOnce()` has started.
    private var started: OperationRun?

    /// The outcome of the only call, whose serialization takes long.
    private var finished: OperationOutcome?

    /// Executes the calls, with the same effects as in the order of the message.
    mutating func run() async -> [RPCOutcome] {
        if let finished {
            return [await serialized(finished, of: calls[0])]
        }
        if let started {
            let outcome = await pipeline.execute(started)
            if case .reused(let result) = outcome { reusedReport = result.report }
            return [await serialized(outcome, of: calls[0])]
        }
        var outcomes = calls.map { $0.outcome ?? .failed(.gatewayFailed) }
        var start = 0
        while start < calls.count {
            var end = start + 1
            if !calls[start].writes {
                while end < calls.count, !calls[end].writes { end += 1 }
            }
            if let request = idempotency[start] {
                outcomes[start] = withinLimit(await runOnce(start, request))
            } else {
                await run(start..<end, into: &outcomes)
            }
            start = end
        }
        return outcomes
    }

    /// The outcome, or an error in its place if the outcomes have more bytes than a response may have.
    private mutating func withinLimit(_ outcome: RPCOutcome) -> RPCOutcome {
        guard outcome.byteCount <= bytesLeft else {
            return .failed(.tooLarge(pipeline.service.limits.maximumResponseBytes))
        }
        bytesLeft -= outcome.byteCount
        return outcome
    }

    private mutating func run(_ range: Range<Int>, into outcomes: inout [RPCOutcome]) async {
        var positions: [Int] = []
        var runs: [OperationRun] = []
        var writtenBytes = 0
        for position in range {
            guard let operation = calls[position].operation else { continue }
            switch pipeline.start(operation, isAlone: false) {
            case .finished(let outcome):
                outcomes[position] = withinLimit(await serialized(outcome, of: calls[position], after: &writtenBytes))
            case .run(let run):
                positions.append(position)
                runs.append(run)
            }
        }
        guard !runs.isEmpty else { return }
        for (position, outcome) in zip(positions, await pipeline.execute(runs)) {
            outcomes[position] = withinLimit(await serialized(outcome, of: calls[position], after: &writtenBytes))
        }
    }

    /// Executes a write with an idempotency key, unless an equal one has been executed.
    private mutating func runOnce(_ position: Int, _ request: IdempotentRequest) async -> RPCOutcome {
        let batch = self
        do throws(RequestRefusal) {
            let once = try await pipeline.service.once(request) {
                var batch = batch
                // The stored reply does not depend on the calls before it.
                batch.bytesLeft = batch.pipeline.service.limits.maximumResponseBytes
                var outcomes = batch.calls.map { $0.outcome ?? .failed(.gatewayFailed) }
                await batch.run(position..<(position + 1), into: &outcomes)
                let outcome = outcomes[position]
                return ExecutedWrite(
                    reply: StoredReply(outcome, byteCount: outcome.byteCount),
                    state: batch.pipeline,
                    mayBeRepeated: batch.mayBeRepeated(position, outcome)
                )
            }
            if case .executed(_, let pipeline) = once { self.pipeline = pipeline }
            if once.isReplayed { replayedCalls += 1 }
            // Requests of two protocols never have the same fingerprint.
            guard let outcome = once.reply.response(as: RPCOutcome.self) else {
                throw .idempotency(.idempotencyKeyReused)
            }
            return outcome
        } catch {
            return .failed(RPCError(error))
        }
    }

    private func mayBeRepeated(_ position: Int, _ outcome: RPCOutcome) -> Bool {
        // The errors of an operation that the client has sent are within its result.
        if case .operation = calls[position] { return pipeline.report.writes == 0 }
        return pipeline.report.mayBeRepeated(outcome.errorCodes)
    }

    // MARK: - Serialize

    /// The outcome of a call, serialized on the executor for long work if that takes long.
    private func serialized(_ outcome: OperationOutcome, of call: PreparedCall) async -> RPCOutcome {
        var writtenBytes = 0
        return await serialized(outcome, of: call, after: &writtenBytes)
    }

    /// The same of one of several calls, of which those before it have written some bytes on the current thread.
    private func serialized(
        _ outcome: OperationOutcome,
        of call: PreparedCall,
        after writtenBytes: inout Int
    ) async -> RPCOutcome {
        let left = max(0, OperationOutcome.maximumBytesAtOnce - writtenBytes)
        let result = await outcome.serialized(atMost: left) { self.outcome(of: call, $0, maximumBytes: $1) }
        writtenBytes += min(left, result?.byteCount ?? 0)
        return result ?? .failed(RPCError([pipeline.service.limits.responseTooLarge]))
    }

    /// The outcome of a call; nil if its result has more bytes than are given.
    private func outcome(of call: PreparedCall, _ outcome: OperationOutcome, maximumBytes: Int) -> RPCOutcome? {
        switch call {
        case .finished(let outcome): outcome
        case .method(let operation): methodOutcome(of: operation, outcome, maximumBytes)
        case .operation(let operation, let needsData):
            response(to: operation, outcome, maximumBytes).map { RPCOutcome($0, needsData: needsData) }
        }
    }

    private func response(
        to operation: PreparedOperation,
        _ outcome: OperationOutcome,
        _ maximumBytes: Int
    ) -> GraphQLResponse? {
        switch outcome {
        case .refused(let refusal): GraphQLResponse(refusal)
        case .reused(let result): pipeline.service.response(result, to: operation, caller: pipeline.caller)
        case .executed(let executed):
            pipeline.service.response(executed, caller: pipeline.caller, maximumBytes: maximumBytes)
        }
    }

    private func methodOutcome(
        of operation: PreparedOperation,
        _ outcome: OperationOutcome,
        _ maximumBytes: Int
    ) -> RPCOutcome? {
        let service = pipeline.service
        switch outcome {
        case .refused(let refusal):
            return .failed(RPCError(refusal))
        case .reused(let result):
            let keys = operation.responseKeys
            guard result.data.byteCount(under: keys) <= service.limits.maximumResponseBytes else {
                return .failed(RPCError([service.limits.responseTooLarge]))
            }
            return .result(result.data.onlyValue(under: keys))
        case .executed(let executed):
            let reference = pipeline.caller.errorReference
            guard
                let outcome = RPCOutcome(
                    executed,
                    service: service,
                    reference: reference,
                    maximumBytes: maximumBytes
                )
            else { return nil }
            if case .result(let value) = outcome, service.isWanted(executed) {
                service.finish(executed, with: SerializedResult(only: value, of: operation.plan))
            } else {
                service.finish(executed, with: nil)
            }
            return outcome
        }
    }
}
