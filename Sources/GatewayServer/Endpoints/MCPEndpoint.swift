internal import Gateway
internal import NIOHTTP1

/// The Model Context Protocol over Streamable HTTP.
///
/// Every response to a message is one JSON object. A session may have a stream, of notifications alone.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
struct MCPEndpoint: PostEndpoint {
    let service: MCPService
    let maximumBodyBytes: Int

    static let hint = "Messages are sent by POST; a stream needs the session that initialize has given"

    /// The methods that pages of other origins may use.
    static let crossOriginMethods = "GET, POST, DELETE"

    /// Names the session that a request belongs to.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
    private static let sessionField = "mcp-session-id"

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch request.method {
        case .GET:
            guard
                let transport = StreamNegotiation(accept: request.header("accept"))?.subscriptions
                    as? EventStreamTransport,
                let notifications = service.notifications(Self.headers(of: request), caller: Caller(request))
            else { return replyByMethod(to: request) }
            return .now(transport.response(notifications))
        case .DELETE where service.endSession(Self.headers(of: request), caller: Caller(request)):
            return .now(HTTPResponse(status: .noContent))
        default: return replyByMethod(to: request)
        }
    }

    private static func headers(of request: HTTPRequest) -> MCPHeaders {
        MCPHeaders(
            protocolVersion: request.header("mcp-protocol-version"),
            method: request.header("mcp-method"),
            name: request.header("mcp-name"),
            sessionID: request.header(sessionField)
        )
    }

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
        let headers = Self.headers(of: request)
        var caller = Caller(request)
        caller.session = headers.sessionID
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
