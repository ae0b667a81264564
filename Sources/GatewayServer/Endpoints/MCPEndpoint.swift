internal import Gateway
internal import NIOHTTP1

/// The Model Context Protocol over Streamable HTTP; every response is one JSON object, so that no stream is opened.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
struct MCPEndpoint: PostEndpoint {
    let service: MCPService
    let maximumBodyBytes: Int

    static let hint = "Messages are sent by POST; no stream is offered"

    /// Names the session that a request belongs to.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
    private static let sessionField = "mcp-session-id"

    func post(_ request: HTTPRequest) -> HTTPReply {
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
        var caller = Caller(request)
        caller.session = request.header(Self.sessionField)
        switch service.respond(to: message, headers: headers, caller: caller) {
        case .now(let reply): return .now(Self.response(reply, form))
        case .later(let respond): return .later { Self.response(await respond(), form) }
        }
    }

    private static func response(_ reply: MCPResponse, _ form: ResponseNegotiation) -> HTTPResponse {
        let status = HTTPResponseStatus(statusCode: reply.status)
        guard let body = reply.body else { return form.complete(HTTPResponse(status: status)) }
        var response = HTTPResponse(status: status, contentType: form.mediaType.contentType, body: body)
        response.reuse = reply.reuse
        if let id = reply.sessionID { response = response.with(sessionField, id) }
        return form.complete(response)
    }
}
