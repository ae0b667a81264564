internal import Gateway
internal import NIOHTTP1

/// The Model Context Protocol over Streamable HTTP; every response is one JSON object, so that no stream is opened.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
struct MCPEndpoint: Endpoint {
    private let service: MCPService
    private let options: EndpointOptions

    /// The methods of this endpoint.
    static let methods = "POST, OPTIONS"

    init(service: MCPService, options: EndpointOptions) {
        self.service = service
        self.options = options
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard OriginCheck.allows(request, crossOrigin: options.crossOrigin, allowedHosts: options.allowedHosts) else {
            return .now(.originNotAllowed)
        }
        switch request.method {
        case .POST: return post(request)
        case .OPTIONS: return .now(options.description(for: request, allowed: Self.methods))
        default:
            let message = "Messages are sent by POST; no stream is offered"
            return .now(options.shared(.methodNotAllowed(allowed: Self.methods, message), with: request))
        }
    }

    private func post(_ request: HTTPRequest) -> HTTPReply {
        guard let form = options.jsonForm(of: request) else {
            return .now(options.shared(.jsonNotAcceptable, with: request))
        }
        let message: [UInt8]
        do {
            message = try JSONBody.bytes(of: request, maximum: options.maximumBodyBytes)
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
        return form.complete(HTTPResponse(status: status, contentType: form.mediaType.contentType, body: body))
    }
}
