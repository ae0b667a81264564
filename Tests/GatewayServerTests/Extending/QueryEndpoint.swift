import Gateway
import NIOHTTP1

@testable import GatewayServer

/// Serves the result of one query at a path of its own, such as for a dashboard.
struct QueryEndpoint: Endpoint {
    let query: String
    let service: GatewayService

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET else { return .now(.methodNotAllowed(allowed: "GET")) }
        switch service.prepare(GraphQLRequest(query: query), for: Caller(request)).reply() {
        case .now(let result): return .now(Self.response(result))
        case .later(let respond): return .later { Self.response(await respond()) }
        }
    }

    private static func response(_ result: GraphQLResponse) -> HTTPResponse {
        HTTPResponse(status: .ok, contentType: "application/json", body: result.body)
    }
}
