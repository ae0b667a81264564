internal import Upstream

/// A GraphQL request that has been admitted and prepared, or refused.
package struct PreparedRequest: Sendable {
    let pipeline: RequestPipeline
    let operation: Result<PreparedOperation, RequestRefusal>
    /// The write with its idempotency key; nil: the request has no key, or is no mutation.
    let idempotency: IdempotentRequest?

    init(
        _ pipeline: RequestPipeline,
        _ operation: Result<PreparedOperation, RequestRefusal>,
        _ idempotency: IdempotentRequest? = nil
    ) {
        self.pipeline = pipeline
        self.operation = operation
        self.idempotency = idempotency
    }

    /// The type of the operation; nil: it is refused.
    package var kind: PreparedOperation.Kind? { try? operation.get().kind }

    /// Whether it has several results, if the transport supports them: it is a subscription or a live query.
    package var isFollowed: Bool {
        guard case .success(let operation) = operation else { return false }
        return operation.kind == .subscription || operation.live != nil
    }

    /// Whether it is already refused.
    package var isRefused: Bool {
        if case .failure = operation { true } else { false }
    }

    /// The request with a refusal by its endpoint.
    package func refused(_ refusal: RequestRefusal) -> PreparedRequest { PreparedRequest(pipeline, .failure(refusal)) }

    /// The response to the request while too many requests are in flight.
    package var refusedForLoad: GraphQLResponse {
        var pipeline = pipeline
        if case .success = operation { pipeline.refundAdmission() }
        var response = GraphQLResponse(.overloaded).with(pipeline.rateLimitStatus)
        // The record has the operation nevertheless.
        if let operation = try? operation.get() {
            response.outcome = pipeline.completed(response.outcome, of: operation)
        }
        pipeline.notify(of: response.outcome, bytes: response.body.count, to: nil, by: .graphQL)
        return response
    }

    /// Begins to execute the operation.
    ///
    /// If no upstream call is needed, the response is available at once.
    package func reply() -> Reply<GraphQLResponse> { start().reply }

    /// Begins to execute the operation.
    ///
    /// - Returns: the reply, and how long equal requests may join; nil: they may not.
    // PERF: consuming, as a copy of the pipeline has thirty references.
    package consuming func start() -> (reply: Reply<GraphQLResponse>, window: SharingWindow?) {
        var pipeline = pipeline
        switch operation {
        case .failure(let refusal):
            let response = GraphQLResponse(refusal).with(pipeline.rateLimitStatus)
            pipeline.notify(of: response.outcome, bytes: response.body.count, to: nil, by: .graphQL)
            return (.now(response), nil)
        case .success(let operation):
            if let idempotency {
                let request = copy self
                return (.later { await request.once(idempotency) }, nil)
            }
            switch pipeline.start(operation) {
            case .finished(let outcome):
                let response = outcome.serializedAtOnce { pipeline.response(to: operation, $0, maximumBytes: $1) }
                if let response { return (.now(response), nil) }
                let reply = Reply.later { [pipeline] in await pipeline.serialized(outcome, of: operation) }
                return (reply, nil)
            case .run(let run):
                let reply = Reply.later { [pipeline] in
                    var pipeline = pipeline
                    let outcome = await pipeline.execute(run)
                    return await pipeline.serialized(outcome, of: operation)
                }
                return (reply, pipeline.sharingWindow(of: run))
            }
        }
    }
}

extension PreparedRequest {
    /// Executes the operation, unless an equal request with its idempotency key has executed it.
    private func once(_ idempotency: IdempotentRequest) async -> GraphQLResponse {
        let executed = PreparedRequest(pipeline, operation)
        do throws(RequestRefusal) {
            let outcome = try await pipeline.service.once(idempotency) {
                let response = await executed.reply().value()
                let outcome = response.outcome
                return ExecutedWrite(
                    reply: StoredReply(response, byteCount: response.body.count),
                    state: (),
                    mayBeRepeated: response.kind != .executed
                        || outcome.calls.mayBeRepeated(outcome.errorCodes)
                )
            }
            // Requests of two protocols never have the same fingerprint.
            guard let response = outcome.reply.response(as: GraphQLResponse.self) else {
                throw .idempotency(.idempotencyKeyReused)
            }
            return outcome.isReplayed ? replayed(response) : response
        } catch {
            return await refused(error).reply().value()
        }
    }

    /// The response to an earlier equal request, with the rate-limit status of this one.
    private func replayed(_ response: GraphQLResponse) -> GraphQLResponse {
        var response = response.with(pipeline.rateLimitStatus)
        response.outcome.calls = CallReport.Counts()
        response.outcome.isCachedResult = true
        response.isReplayed = true
        pipeline.notify(of: response.outcome, bytes: response.body.count, to: nil, by: .graphQL)
        return response
    }
}

extension RequestPipeline {
    /// Serializes an operation's outcome as a GraphQL response, on the executor for long work if that takes long.
    func serialized(_ outcome: OperationOutcome, of operation: PreparedOperation) async -> GraphQLResponse {
        await outcome.serialized { self.response(to: operation, $0, maximumBytes: $1) } ?? service.tooLargeResponse
    }

    /// Serializes an operation's outcome as a GraphQL response; nil if its result has more bytes than are given.
    func response(
        to operation: PreparedOperation,
        _ outcome: OperationOutcome,
        maximumBytes: Int = .max
    ) -> GraphQLResponse? {
        switch outcome {
        case .refused(let refusal): return finished(GraphQLResponse(refusal), of: operation)
        case .reused(let result):
            return finished(service.response(result, to: operation, caller: caller), of: operation)
        case .executed(let executed):
            let events = session?.report.events
            guard
                let response = service.response(executed, caller: caller, events: events, maximumBytes: maximumBytes)
            else { return nil }
            return finished(response, of: operation)
        }
    }

    // PERF: consuming, as a copy of a response has a dozen references.
    private func finished(
        _ response: consuming GraphQLResponse,
        of operation: PreparedOperation
    ) -> GraphQLResponse {
        response = response.with(rateLimitStatus)
        guard stages.isRunning else { return response }
        let now = service.nanoseconds
        complete(&response.outcome, of: operation, at: now)
        notify(of: response.outcome, bytes: response.body.count, to: operation, by: .graphQL, at: now)
        return response
    }
}
