internal import GraphQL
internal import JSON
internal import JSONRPC

extension MCPService {
    /// The stream of a session, if there is one.
    package enum SessionStream {
        case open(MCPNotifications)
        /// There are no sessions, or the header field has no valid id.
        case none
        /// There are too many sessions.
        case noRoom
    }

    /// The session of an id, which is made if there is none; nil: there are too many.
    private func session(_ id: String, of caller: Caller) -> MCPSession? {
        sessions.session(id, of: caller, countedFor: toolbox.holders(of: caller))
    }

    /// The stream of a session.
    package func stream(_ headers: MCPHeaders, caller: Caller) -> SessionStream {
        guard hasResources, let id = headers.knownSessionID(of: caller) else { return .none }
        guard let session = session(id, of: caller) else { return .noRoom }
        return .open(MCPNotifications(session: session, sessions: sessions))
    }

    /// The part that a session has in a request.
    package enum SessionUse: Sendable {
        /// The request names no session.
        case none
        case active
        /// The session has ended, or the text is no session id.
        case ended
    }

    /// Records that a request uses its session, as far as it has one.
    package func useSession(_ headers: MCPHeaders, caller: Caller) -> SessionUse {
        guard hasSessions, headers.sessionID != nil else { return .none }
        if isOfEndedSession(headers, caller) { return .ended }
        if let id = headers.knownSessionID(of: caller) { sessions.touch(id, of: caller) }
        return .active
    }

    /// The error message where there are too many sessions.
    package static let tooManySessionsMessage = "There are too many sessions."

    /// Ends a session; returns false if the header field has no valid id.
    package func endSession(_ headers: MCPHeaders, caller: Caller) -> Bool {
        guard hasSessions, let id = headers.knownSessionID(of: caller) else { return false }
        sessions.end(id, of: caller)
        return true
    }

    /// Whether a request has the id of a session that this process has not begun for its caller, or that has ended.
    package func isOfUnknownSession(_ headers: MCPHeaders, caller: Caller) -> Bool {
        guard hasSessions, headers.sessionID != nil else { return false }
        return headers.knownSessionID(of: caller).map { sessions.hasEnded($0, of: caller) } ?? true
    }

    /// Whether a message has the id of a session that has ended, or a text that is no session id.
    ///
    /// Most requests do not depend on their session, so that the id of another process, or from before a restart, is accepted.
    ///
    /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management
    func isOfEndedSession(_ headers: MCPHeaders, _ caller: Caller) -> Bool {
        guard hasSessions, let id = headers.sessionID else { return false }
        return MCPSessionID.hasForm(id) ? sessions.hasEnded(id, of: caller) : true
    }

    /// The error message for a client whose session is unknown.
    package static let unknownSessionMessage = "There is no session of this id; begin another one by initialize."

    /// A function that ends all streams when the gateway shuts down; it holds no strong reference to the service.
    package var streamEnding: @Sendable () -> Void { { [weak sessions] in sessions?.close() } }

    /// Subscribes a session to a resource; its stream then has notifications of changes.
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

    /// Ends the subscription to a resource.
    func unfollow(_ exchange: MCPExchange, _ headers: MCPHeaders, _ caller: Caller) throws(RPCError) -> MCPResponse {
        if let refusal = refusal(ofSessionIn: headers, of: exchange, caller) { return refusal }
        let (uri, session) = try subject(of: exchange, headers, caller)
        session.unfollow(uri)
        return exchange.reply(JSONObject())
    }

    /// Subscribes to the resources that a request lists, until its response ends.
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
            var seen: Set<ExactString> = []
            for item in items {
                guard let uri = item.stringValue else {
                    throw .invalidParams("resourceSubscriptions must be a list of URIs.")
                }
                guard seen.insert(ExactString(uri)).inserted else { continue }
                uris.append(uri)
                guard uris.count <= MCPSession.maximumResources else {
                    let most = MCPSession.maximumResources
                    throw .invalidParams("A stream has notifications of at most \(most) resources.")
                }
            }
        }
        var resources: [MCPFollowing] = []
        for uri in uris {
            if let following = try following(uri, caller) { resources.append(following) }
        }
        // Made last, so that a request that fails leaves no session behind.
        let id = MCPSessionID.make(for: MCPSessionOwner(caller))
        guard let session = session(id, of: caller) else { throw Self.tooManySessions }
        let request = MCPListening(exchange: exchange, resources: resources, sessionID: id, caller: caller)
        return .stream(MCPNotifications(session: session, sessions: sessions, request: request))
    }

    /// Begins a subscription to a resource; nil: the URI is not that of a resource.
    private func following(_ uri: String, _ caller: Caller) throws(RPCError) -> MCPFollowing? {
        guard let results = try toolbox.follow(uri, caller: caller), let reading = toolbox.read(uri, caller: caller)
        else { return nil }
        return MCPFollowing(uri: uri, results: results, reading: reading)
    }

    /// The response to a message of an unknown session.
    static func unknownSession(_ id: RPCID = .null) -> MCPResponse {
        .error(invalidRequest(unknownSessionMessage), status: 404, id: id)
    }

    /// The response to a request without the valid session id that it needs; nil: it has one.
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
        guard let session = session(id, of: caller) else { throw Self.tooManySessions }
        return (uri, session)
    }
}
