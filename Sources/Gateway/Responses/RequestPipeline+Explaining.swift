internal import GraphQL
internal import JSON
internal import Upstream

extension RequestPipeline {
    /// The estimated cost of a request's operation at this time, for this caller; makes no upstream call.
    ///
    /// - Returns: the cost as JSON, with the location of each field that can take calls.
    mutating func explain(_ request: GraphQLRequest) throws(RequestRefusal) -> JSONObject {
        let operation = try prepare(request, allowsRenamed: false)
        let cost = cost(of: operation)
        let limits = service.limits
        var members = OperationExplanation(
            file: "",
            title: [operation.kind.rawValue, operation.name].compactMap { $0 }.joined(separator: " "),
            cost: cost
        ).members(limit: limits.maximumCalls, hasLocations: true)
        // The guaranteed minimum assumes an empty cache.
        let likely = cost.likely.calls
        members["likely"] = CostRange(min(likely.min, likely.max), likely.max).json
        let refusal = cost.refusal(
            limit: limits.maximumCalls,
            rows: limits.maximumRows,
            bytes: limits.maximumResponseBytes
        )
        if let refusal { members["refusal"] = refusal.json }
        if let remaining = remainingCalls { members["remaining"] = .integer(remaining) }
        return members
    }
}

extension GatewayService {
    /// Estimates the cost of a request's operation without executing it; makes no upstream call.
    ///
    /// The request counts against its client's minute like any other.
    package func explain(_ request: GraphQLRequest, caller: Caller) -> GraphQLResponse {
        var pipeline = RequestPipeline(service: self, caller: caller)
        do throws(RequestRefusal) {
            try pipeline.admit()
            let explained = try pipeline.explain(request)
            return GraphQLResponse(kind: .executed, body: JSONValue.object(explained).serialized())
                .with(pipeline.rateLimitStatus)
        } catch {
            return GraphQLResponse(error).with(pipeline.rateLimitStatus)
        }
    }
}
