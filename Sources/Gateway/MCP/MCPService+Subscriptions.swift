internal import GraphQL
internal import JSON
internal import JSONRPC

extension MCPService {
    /// The stream of a session; nil: there are no sessions, or it is none.
    package func notifications(_ headers: MCPHeaders, caller: Caller) -> MCPNotifications? {
        guard hasResources, let id = headers.sessionID, let session = sessions.session(id, of: caller) else {
            return nil
        }
        return MCPNotifications(session: session, sessions: sessions)
    }

    /// Ends a session; false: there are none.
    package func endSession(_ headers: MCPHeaders, caller: Caller) -> Bool {
        guard hasResources, let id = headers.sessionID else { return false }
        _ = sessions.end(id, of: caller)
        return true
    }

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
        let (uri, session) = try subject(of: exchange, headers, caller)
        guard session.hasRoom(for: uri) else {
            throw RPCError(
                .serverError,
                "A session follows at most \(MCPSession.maximumResources) resources.",
                dataCode: ErrorCode.overloaded.rawValue
            )
        }
        guard let results = try toolbox.follow(uri, caller: caller) else { throw exchange.noResource(uri) }
        return .later {
            await session.follow(uri, results)
            return exchange.reply(JSONObject())
        }
    }

    /// Follows a resource no longer.
    func unfollow(_ exchange: MCPExchange, _ headers: MCPHeaders, _ caller: Caller) throws(RPCError) -> MCPResponse {
        let (uri, session) = try subject(of: exchange, headers, caller)
        session.unfollow(uri)
        return exchange.reply(JSONObject())
    }

    private func subject(
        of exchange: MCPExchange,
        _ headers: MCPHeaders,
        _ caller: Caller
    ) throws(RPCError) -> (uri: String, session: MCPSession) {
        guard let uri = exchange.request.members["uri"]?.stringValue else {
            throw .invalidParams("uri must be a string.")
        }
        guard let id = headers.sessionID else {
            throw Self.invalidRequest("The header field Mcp-Session-Id names the session, as initialize has given it.")
        }
        guard let session = sessions.session(id, of: caller) else {
            throw RPCError(
                .serverError,
                "There are too many sessions, or this is the id of none.",
                dataCode: ErrorCode.overloaded.rawValue
            )
        }
        return (uri, session)
    }
}
