internal import GraphQL
internal import JSON
internal import JSONRPC

extension MCPService {
    /// The stream of a session; nil: there are no sessions, or it is none.
    package func notifications(_ headers: MCPHeaders, caller: Caller) -> MCPNotifications? {
        guard hasResources, let id = headers.knownSessionID(of: caller), let session = sessions.session(id, of: caller)
        else { return nil }
        return MCPNotifications(session: session, sessions: sessions)
    }

    /// Ends a session; false: there are none.
    package func endSession(_ headers: MCPHeaders, caller: Caller) -> Bool {
        guard hasSessions, let id = headers.knownSessionID(of: caller) else { return false }
        sessions.end(id, of: caller)
        return true
    }

    /// Whether a request names a session that this process has not begun for its caller, or that has ended, where there are sessions.
    package func isOfUnknownSession(_ headers: MCPHeaders, caller: Caller) -> Bool {
        guard hasSessions, headers.sessionID != nil else { return false }
        return headers.knownSessionID(of: caller).map { sessions.hasEnded($0, of: caller) } ?? true
    }

    /// Whether a message names a session that there cannot be, or that has ended.
    ///
    /// Most requests need nothing of a session, so that one of another process, or of before a restart, will do.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
    func isOfEndedSession(_ headers: MCPHeaders, _ caller: Caller) -> Bool {
        guard hasSessions, let id = headers.sessionID else { return false }
        return MCPSessionID.hasForm(id) ? sessions.hasEnded(id, of: caller) : true
    }

    /// What a client learns whose session is unknown.
    package static let unknownSessionMessage = "There is no session of this id; begin another one by initialize."

    /// Ends all streams, as the gateway stops; it does not hold on to the service.
    package var streamEnding: @Sendable () -> Void { { [weak sessions] in sessions?.close() } }

    /// Follows a resource, of whose changes the session's stream has notifications.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/server/resources#subscriptions
    func follow(
        _ exchange: MCPExchange,
        _ headers: MCPHeaders,
        _ caller: Caller
    ) throws(RPCError) -> Reply<MCPResponse> {
        if let refusal = refusal(ofSessionIn: headers, of: exchange, caller) {
            try toolbox.admit(caller)
            return .now(refusal)
        }
        let (uri, session) = try subject(of: exchange, headers, caller)
        guard session.hasRoom(for: uri) else {
            throw RPCError(
                .serverError,
                "A session follows at most \(MCPSession.maximumResources) resources.",
                dataCode: ErrorCode.overloaded.rawValue
            )
        }
        guard let following = try following(uri, caller) else { throw exchange.noResource(uri) }
        return .later {
            guard let error = await following.begin(in: session, exchange) else {
                return exchange.reply(JSONObject())
            }
            return exchange.error(error)
        }
    }

    /// Follows a resource no longer.
    func unfollow(_ exchange: MCPExchange, _ headers: MCPHeaders, _ caller: Caller) throws(RPCError) -> MCPResponse {
        if let refusal = refusal(ofSessionIn: headers, of: exchange, caller) { return refusal }
        let (uri, session) = try subject(of: exchange, headers, caller)
        session.unfollow(uri)
        return exchange.reply(JSONObject())
    }

    /// Follows the resources that a request names as long as its response goes on.
    ///
    /// https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions
    func listen(_ exchange: MCPExchange, _ caller: Caller) throws(RPCError) -> MCPResponse {
        guard let filter = exchange.request.members["notifications"]?.objectValue else {
            throw .invalidParams("notifications must be an object.")
        }
        var uris: [String] = []
        if let wanted = filter["resourceSubscriptions"], !wanted.isNull {
            guard case .array(let items) = wanted else {
                throw .invalidParams("resourceSubscriptions must be a list of URIs.")
            }
            for item in items {
                guard let uri = item.stringValue else {
                    throw .invalidParams("resourceSubscriptions must be a list of URIs.")
                }
                if !uris.contains(where: { $0.utf8.elementsEqual(uri.utf8) }) { uris.append(uri) }
            }
        }
        guard uris.count <= MCPSession.maximumResources else {
            throw .invalidParams("A stream has notifications of at most \(MCPSession.maximumResources) resources.")
        }
        var resources: [MCPFollowing] = []
        for uri in uris {
            if let following = try following(uri, caller) { resources.append(following) }
        }
        // Last, so that a request that fails leaves no session.
        let id = MCPSessionID.make(for: MCPSessionOwner(caller))
        guard let session = sessions.session(id, of: caller) else { throw Self.tooManySessions }
        let request = MCPListening(exchange: exchange, resources: resources, sessionID: id, caller: caller)
        return .stream(MCPNotifications(session: session, sessions: sessions, request: request))
    }

    /// Begins to follow a resource; nil: the URI is that of none.
    private func following(_ uri: String, _ caller: Caller) throws(RPCError) -> MCPFollowing? {
        guard let results = try toolbox.follow(uri, caller: caller), let reading = toolbox.read(uri, caller: caller)
        else { return nil }
        return MCPFollowing(uri: uri, results: results, reading: reading)
    }

    /// The response to a message of a session that there is not.
    static func unknownSession(_ id: RPCID = .null) -> MCPResponse {
        .error(invalidRequest(unknownSessionMessage), status: 404, id: id)
    }

    /// The response to a request that needs a session and names none, or an unknown one; nil: it names its own.
    ///
    /// https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#session-management
    private func refusal(ofSessionIn headers: MCPHeaders, of exchange: MCPExchange, _ caller: Caller) -> MCPResponse? {
        guard headers.sessionID != nil else { return .error(Self.noSession, status: 400, id: exchange.id) }
        return isOfUnknownSession(headers, caller: caller) ? Self.unknownSession(exchange.id) : nil
    }

    private static let noSession = invalidRequest(
        "The header field Mcp-Session-Id names the session, as initialize has given it."
    )

    private static let tooManySessions = RPCError(
        .serverError,
        "There are too many sessions.",
        dataCode: ErrorCode.overloaded.rawValue
    )

    private func subject(
        of exchange: MCPExchange,
        _ headers: MCPHeaders,
        _ caller: Caller
    ) throws(RPCError) -> (uri: String, session: MCPSession) {
        guard let uri = exchange.request.members["uri"]?.stringValue else {
            throw .invalidParams("uri must be a string.")
        }
        guard let id = headers.knownSessionID(of: caller) else { throw Self.noSession }
        guard let session = sessions.session(id, of: caller) else { throw Self.tooManySessions }
        return (uri, session)
    }
}
