internal import Gateway
internal import NIOHTTP1

/// The Model Context Protocol over Streamable HTTP; every response is one JSON object, so that no stream is opened.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
struct MCPEndpoint: Endpoint {
    private let service: MCPService
    private let maximumBodyBytes: Int

    /// The methods of this endpoint.
    static let methods = "POST, OPTIONS"

    init(service: MCPService, maximumBodyBytes: Int) {
        self.service = service
        self.maximumBodyBytes = maximumBodyBytes
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch request.method {
        case .POST: return post(request)
        case .OPTIONS: return .now(.methods(Self.methods).varying(by: .accept))
        default:
            let message = "Messages are sent by POST; no stream is offered"
            return .now(.methodNotAllowed(allowed: Self.methods, message).varying(by: .accept))
        }
    }

    private func post(_ request: HTTPRequest) -> HTTPReply {
        guard let form = ResponseNegotiation(of: request) else {
            return .now(.jsonNotAcceptable.varying(by: .accept))
        }
        let message: [UInt8]
        do {
            message = try JSONBody.bytes(of: request, maximum: maximumBodyBytes)
        } catch {
            return .now(form.complete(error.response))
        }
        let headers = MCPHeaders(
            protocolVersion: request.header("mcp-protocol-version"),
            method: request.header("mcp-method"),
            name: request.header("mcp-name")
        )
        switch service.respond(to: message, headers: headers, caller: Caller(request)) {
        case .now(let reply): return .now(Self.response(reply, form))
        case .later(let respond): return .later { Self.response(await respond(), form) }
        }
    }

    private static func response(_ reply: MCPResponse, _ form: ResponseNegotiation) -> HTTPResponse {
        let status = HTTPResponseStatus(statusCode: reply.status)
        guard let body = reply.body else { return form.complete(HTTPResponse(status: status)) }
        var response = HTTPResponse(status: status, contentType: form.mediaType.contentType, body: body)
        response.reuse = reply.reuse
        return form.complete(response)
    }
}
