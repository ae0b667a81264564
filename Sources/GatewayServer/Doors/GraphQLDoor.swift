internal import Gateway
private import NIOHTTP1
private import Upstream

/// GraphQL over HTTP.
///
/// https://graphql.github.io/graphql-over-http/draft/
struct GraphQLDoor: Door {
    let service: GatewayService

    private static let mediaType = "application/json"

    func reply(to request: HTTPRequest) -> Reply {
        guard request.method == .POST else { return .now(.methodNotAllowed(allowed: "POST")) }
        guard isJSON(request.header("content-type")) else {
            let answer = GraphQLResponse.malformed("Send the request as JSON, with the header Content-Type: application/json.")
            return .now(respond(answer, status: .unsupportedMediaType))
        }
        let parsed: GraphQLRequest
        do {
            parsed = try GraphQLRequest(json: request.body)
        } catch {
            return .now(respond(.malformed(error.message), status: .badRequest))
        }
        let credential = Credential(authorization: request.header("authorization"))
        return .later { [service] in
            let answer = await service.respond(to: parsed, credential: credential)
            return respond(answer, status: answer.kind == .malformed ? .badRequest : .ok)
        }
    }

    private func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let type = contentType.prefix { $0 != ";" }
        return type.trimmingSuffix(while: { $0 == " " }).lowercased() == Self.mediaType
    }

    private func respond(_ answer: GraphQLResponse, status: HTTPResponseStatus) -> HTTPResponse {
        HTTPResponse(status: status, contentType: "application/json; charset=utf-8", body: answer.body)
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, predicate(last) { rest.removeLast() }
        return rest
    }
}
