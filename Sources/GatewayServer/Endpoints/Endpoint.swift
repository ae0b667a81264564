/// A place where requests of one kind come in.
protocol Endpoint: Sendable {
    /// Answers a request, or says how it will be answered.
    func reply(to request: HTTPRequest) -> HTTPReply
}

/// The answer to a request.
enum HTTPReply: Sendable {
    /// It is here.
    case now(HTTPResponse)
    /// It takes waiting; runs on the connection's event loop.
    case later(@Sendable () async -> HTTPResponse)
    /// From here on the connection speaks another protocol.
    case upgrade(ProtocolUpgrade)
}
