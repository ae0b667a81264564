/// Serializes the results of streams in the protocol of their subscribers.
struct ResultWriter: Sendable {
    /// Serializes a result that a service has made for a caller.
    let write: @Sendable (StreamValue, GatewayService, Caller) -> StreamedResult

    /// Writes results as GraphQL responses.
    static let graphQL = ResultWriter { value, service, caller in
        let response =
            switch value {
            case .executed(let executed): service.wholeResponse(executed, caller: caller)
            case .response(let response): response
            }
        return StreamedResult(
            body: response.body,
            failureList: response.failure.isEmpty ? [] : response.failureList,
            byteCount: response.body.count,
            errorCodes: response.outcome.errorCodes
        )
    }
}
