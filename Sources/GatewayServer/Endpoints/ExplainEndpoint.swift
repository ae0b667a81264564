internal import Gateway
internal import NIOHTTP1

/// States what a GraphQL request can cost, without executing it.
struct ExplainEndpoint: Endpoint {
    private let service: GatewayService
    private let maximumBodyBytes: Int

    /// The supported methods.
    static let methods = "POST, OPTIONS"

    init(service: GatewayService, maximumBodyBytes: Int) {
        self.service = service
        self.maximumBodyBytes = maximumBodyBytes
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch request.method {
        case .POST: return .now(post(request))
        case .OPTIONS: return .now(.methods(Self.methods).varying(by: .accept))
        default: return .now(.methodNotAllowed(allowed: Self.methods).varying(by: .accept))
        }
    }

    private func post(_ request: HTTPRequest) -> HTTPResponse {
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
            return form.response(.malformed(malformed.message))
        } catch {
            return form.response(.malformed("The body cannot be read."))
        }
    }
}
