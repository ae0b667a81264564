internal import Gateway
internal import NIOHTTP1

/// Estimates the cost of a GraphQL request without executing it.
struct ExplainEndpoint: PostEndpoint {
    let service: GatewayService
    let maximumBodyBytes: Int

    func post(_ request: HTTPRequest) -> HTTPReply { .now(response(to: request)) }

    private func response(to request: HTTPRequest) -> HTTPResponse {
        guard let form = ResponseNegotiation(of: request, rateLimitPolicy: service.rateLimitPolicy(for: request.client))
        else {
            return .jsonNotAcceptable.varying(by: .accept)
        }
        do {
            let body = try JSONBody.bytes(of: request, maximum: maximumBodyBytes)
            return form.response(service.explain(try GraphQLRequest(json: body), caller: Caller(request)))
        } catch let refused as JSONBody.Refused {
            return form.complete(refused.response)
        } catch let malformed as GraphQLRequest.Malformed {
            return form.response(service.malformed(malformed.message, for: Caller(request)))
        } catch {
            return form.response(service.malformed("The body cannot be read.", for: Caller(request)))
        }
    }
}
