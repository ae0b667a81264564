private import Gateway
internal import NIOCore
private import NIOHTTP1
private import NIOWebSocket

/// Opens WebSockets of `graphql-transport-ws`.
struct GraphQLSocketOpening: Sendable {
    /// The subprotocol.
    static let subprotocol = "graphql-transport-ws"

    /// The current service, as connections may outlive a configuration.
    let current: CurrentMessageHandler
    /// The check of the pages that may open a connection.
    let origins: OriginCheck
    let limits: MessageLimits

    /// The reply to a request for a WebSocket.
    func reply(to request: HTTPRequest) -> HTTPReply {
        let offered = request.head.headers[canonicalForm: "sec-websocket-protocol"]
        guard offered.contains(Self.subprotocol[...]) else {
            let message =
                "The subprotocol is \(Self.subprotocol); graphql-ws, the name of an older one, is not supported."
            return .now(.error(.badRequest, .badRequest, message))
        }
        let headers: [(name: String, value: String)]
        switch WebSocketHandshake.accept(request, origins: origins, subprotocol: Self.subprotocol) {
        case .failure(let declined): return .now(declined.response)
        case .success(let fields): headers = fields.all
        }
        let access = GraphQLSocketAccess(request, current)
        return .upgrade(
            ProtocolUpgrade(headers: headers) { [limits] channel, executor, monitor in
                let socket = GraphQLSocket(access: access, limits: limits, executor: executor, monitor: monitor)
                try channel.pipeline.syncOperations.addHandlers(
                    ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.maximumMessageBytes)),
                    WebSocketConnection(socket, limits: limits, executor: executor, monitor: monitor)
                )
            }
        )
    }
}
