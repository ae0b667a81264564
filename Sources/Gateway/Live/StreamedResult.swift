/// A result of a stream, before the protocol of its subscriber has written it.
struct StreamedResult: Sendable {
    let value: ResultStep.Value
    let service: GatewayService
    let caller: Caller

    /// As a GraphQL response.
    var response: GraphQLResponse {
        switch value {
        case .executed(let executed): service.response(executed, caller: caller)
        case .response(let response): response
        }
    }
}
