/// The reply to a request.
enum HTTPReply: Sendable {
    /// The response is available now.
    case now(HTTPResponse)
    /// The response is available later; the function runs on the connection's event loop.
    case later(@Sendable () async -> HTTPResponse)
    /// The connection switches to another protocol.
    case upgrade(ProtocolUpgrade)
}
