internal import Gateway
internal import NIOHTTP1

/// Responds to repeated requests from a cache, after all filters behind this one.
struct FrontCaching: HTTPFilter {
    /// The cache of complete responses.
    let cache: FrontCache
    /// Whether requests are JSON-RPC messages, which are equal if only their ids differ.
    var takesMessages = false
    /// Records that a request uses its session.
    var useSession: (@Sendable (HTTPRequest) -> MCPService.SessionUse)?

    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        // Requests of a client with limits are counted.
        guard request.method == .POST || request.method == .GET, request.client?.rateLimitPolicy == nil,
            let repeatable = RepeatableRequest(request, isMessage: takesMessages)
        else {
            return next.reply(to: request)
        }
        let session = useSession?(request) ?? .none
        guard session != .ended else { return next.reply(to: request) }
        if var response = cache.response(to: repeatable, of: request) {
            // The same bytes must come here again: their session may have ended.
            if session == .active { response.repetition = nil }
            return .now(response)
        }
        let reply = next.reply(to: request)
        guard case .now(var response) = reply, let reuse = response.reuse else { return reply }
        response.reuse = nil
        let repetition = cache.store(response, reuse, for: repeatable)
        response.repetition = session == .none ? repetition : nil
        return .now(response)
    }
}
