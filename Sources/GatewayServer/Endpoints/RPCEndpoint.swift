private import Gateway
internal import NIOCore
internal import NIOHTTP1
private import NIOWebSocket

/// JSON-RPC over HTTP and over WebSocket, at one path.
struct RPCEndpoint: Endpoint {
    private let endpoint: any MessageHandler
    private let filters: FilterOptions
    private let limits: MessageLimits
    private let rateLimitPolicy: String?

    /// The methods of this endpoint.
    static let methods = "POST, OPTIONS"

    init(
        endpoint: any MessageHandler,
        filters: FilterOptions,
        limits: MessageLimits,
        rateLimitPolicy: String?
    ) {
        self.endpoint = endpoint
        self.filters = filters
        self.limits = limits
        self.rateLimitPolicy = rateLimitPolicy
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        let reply = replyOrRefusal(to: request)
        guard case .now(let response) = reply else { return reply }
        return .now(response.asRPCError)
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse { response.asRPCError }

    private func replyOrRefusal(to request: HTTPRequest) -> HTTPReply {
        if WebSocketHandshake.isOffered(by: request) { return openWebSocket(request) }
        switch request.method {
        case .POST: return post(request)
        case .OPTIONS: return .now(.methods(Self.methods).varying(by: .accept))
        default:
            let message = "JSON-RPC messages are sent by POST, or over a WebSocket"
            return .now(.methodNotAllowed(allowed: Self.methods, message).varying(by: .accept))
        }
    }

    private func post(_ request: HTTPRequest) -> HTTPReply {
        let form = ResponseNegotiation(of: request, among: ResponseMediaType.rpc, rateLimitPolicy: rateLimitPolicy)
        guard let form else { return .now(.rpcNotAcceptable.varying(by: .accept)) }
        let message: [UInt8]
        do {
            message = try JSONBody.bytes(
                of: request,
                maximum: limits.maximumMessageBytes,
                types: ResponseMediaType.rpc
            )
        } catch {
            return .now(form.complete(error.response.asRPCError))
        }
        switch endpoint.respond(to: message, caller: Caller(request)) {
        case .now(let reply): return .now(form.response(reply))
        case .later(let respond): return .later { form.response(await respond()) }
        }
    }

    private func openWebSocket(_ request: HTTPRequest) -> HTTPReply {
        let headers: [(name: String, value: String)]
        switch WebSocketHandshake.accept(
            request,
            crossOrigin: filters.crossOrigin,
            allowedHosts: filters.allowedHosts
        ) {
        case .failure(let declined): return .now(declined.response)
        case .success(let fields): headers = fields.all
        }
        let caller = Caller(request)
        return .upgrade(
            ProtocolUpgrade(headers: headers) { [endpoint, limits] channel, executor, monitor in
                let exchange = MessageExchange(
                    endpoint: endpoint,
                    callers: { caller },
                    address: caller.address,
                    limits: limits,
                    executor: executor,
                    monitor: monitor
                )
                try channel.pipeline.syncOperations.addHandlers(
                    ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.maximumMessageBytes)),
                    WebSocketHandler(exchange: exchange, limits: limits, monitor: monitor)
                )
            }
        )
    }
}
