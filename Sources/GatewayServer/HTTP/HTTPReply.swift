/// The reply to a request.
enum HTTPReply: Sendable {
    /// The response is here.
    case now(HTTPResponse)
    /// The response takes waiting; runs on the connection's event loop.
    case later(@Sendable () async -> HTTPResponse)
    /// From here on the connection speaks another protocol.
    case upgrade(ProtocolUpgrade)
}
