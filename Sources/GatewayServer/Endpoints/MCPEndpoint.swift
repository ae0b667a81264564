internal import Gateway
internal import NIOHTTP1

/// The Model Context Protocol over Streamable HTTP.
///
/// Every response to a message is one JSON object, except that to `subscriptions/listen`, which is a stream of notifications; in
/// earlier revisions a session may have such a stream.
///
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
struct MCPEndpoint: PostEndpoint {
    let service: MCPService
    let maximumBodyBytes: Int
    /// The current list of clients, which is checked while a stream continues.
    let current: CurrentMessageHandler

    static let hint = "Messages are sent by POST; a stream needs the session that initialize has given"

    /// The methods that pages of other origins may use.
    static let crossOriginMethods = "GET, POST, DELETE"

    /// The header field with the session of a request.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
    private static let sessionField = "mcp-session-id"

    func reply(to request: HTTPRequest) -> HTTPReply {
        let reply = replyOrRefusal(to: request)
        guard case .now(let response) = reply else { return reply }
        return .now(response.asRPCError)
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse { response.asRPCError }

    private func replyOrRefusal(to request: HTTPRequest) -> HTTPReply {
        let headers = Self.headers(of: request)
        switch request.method {
        case .GET where service.isOfUnknownSession(headers, caller: Caller(request)),
            .DELETE where service.isOfUnknownSession(headers, caller: Caller(request)):
            return .now(.error(.notFound, .pathNotFound, MCPService.unknownSessionMessage))
        case .GET:
            guard let transport = Self.transport(of: request) else { return replyByMethod(to: request) }
            switch service.stream(headers, caller: Caller(request)) {
            case .open(let notifications): return .now(response(notifications, to: request, by: transport))
            case .none: return replyByMethod(to: request)
            case .noRoom: return .now(.error(.serviceUnavailable, .overloaded, MCPService.tooManySessionsMessage))
            }
        case .DELETE where service.endSession(headers, caller: Caller(request)):
            return .now(HTTPResponse(status: .noContent))
        default: return replyByMethod(to: request)
        }
    }

    /// The transport of a stream; nil: the client does not accept one.
    private static func transport(of request: HTTPRequest) -> EventStreamTransport? {
        StreamNegotiation(accept: request.header("accept"))?.subscriptions as? EventStreamTransport
    }

    private func response(
        _ notifications: MCPNotifications,
        to request: HTTPRequest,
        by transport: EventStreamTransport
    ) -> HTTPResponse {
        // While the stream continues, the client may be removed or its token may expire.
        let access = GraphQLSocketAccess(request, current)
        return transport.response(notifications) { access.refusal == nil }
    }

    /// Records that a request uses its session.
    static func useSession(of request: HTTPRequest, _ service: MCPService) -> MCPService.SessionUse {
        // PERF: most requests have none.
        guard request.header(sessionField) != nil else { return .none }
        return service.useSession(headers(of: request), caller: Caller(request))
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
        switch service.respond(to: message, headers: headers, caller: Caller(request)) {
        case .now(let reply):
            guard let notifications = reply.notifications else { return .now(Self.response(reply, form)) }
            guard let transport = Self.transport(of: request) else {
                notifications.cancel()
                let message = "The response is a stream: Accept must name text/event-stream."
                return .now(form.complete(.error(.notAcceptable, .notAcceptable, message)))
            }
            return .now(response(notifications, to: request, by: transport))
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
