internal import GraphQL
internal import JSON
internal import Upstream

extension GatewayService {
    /// Executes a request, and returns its response.
    ///
    /// https://spec.graphql.org/September2025/#ExecuteRequest()
    package func respond(to request: GraphQLRequest, caller: Caller) async -> GraphQLResponse {
        await prepare(request, for: caller).reply().value()
    }

    /// Counts a request against its client's minute and prepares its operation; makes no upstream call.
    package func prepare(_ request: GraphQLRequest, for caller: Caller) -> PreparedRequest {
        var pipeline = RequestPipeline(service: self, caller: caller)
        do throws(RequestRefusal) {
            try pipeline.admit()
            let operation = try pipeline.prepare(request)
            let idempotency = operation.kind == .mutation ? try pipeline.idempotentRequest(request) : nil
            pipeline.end(.prepare)
            return PreparedRequest(pipeline, .success(operation), idempotency)
        } catch {
            pipeline.end(.prepare)
            return PreparedRequest(pipeline, .failure(error))
        }
    }

    /// A request that the endpoint refuses; it counts against its client's minute nevertheless.
    package func refused(_ refusal: RequestRefusal, for caller: Caller) -> PreparedRequest {
        var pipeline = RequestPipeline(service: self, caller: caller)
        do throws(RequestRefusal) {
            try pipeline.admit()
            return PreparedRequest(pipeline, .failure(refusal))
        } catch {
            return PreparedRequest(pipeline, .failure(error))
        }
    }

    /// The response to a malformed request, which counts against its client's minute as a request does.
    package func malformed(_ message: String, for caller: Caller) -> GraphQLResponse {
        var pipeline = RequestPipeline(service: self, caller: caller)
        do throws(RequestRefusal) {
            try pipeline.admit()
            return GraphQLResponse.malformed(message).with(pipeline.rateLimitStatus)
        } catch {
            return GraphQLResponse(error).with(pipeline.rateLimitStatus)
        }
    }
}

extension RequestPipeline {
    /// The mutation of a request with its idempotency key; nil: it has no key.
    fileprivate func idempotentRequest(_ request: GraphQLRequest) throws(RequestRefusal) -> IdempotentRequest? {
        do {
            return try idempotentRequest(
                stated: request.extensions[GraphQLRequest.idempotencyKeyMember],
                position: nil,
                content: request.idempotentContent
            )
        } catch {
            throw .malformed(error)
        }
    }
}
