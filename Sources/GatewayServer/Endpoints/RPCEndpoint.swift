internal import Gateway
internal import NIOCore
internal import NIOHTTP1
private import NIOWebSocket

/// JSON-RPC over HTTP and over WebSocket, at one path.
struct RPCEndpoint: PostEndpoint {
    private let endpoint: any MessageHandler
    private let origins: OriginCheck
    private let limits: MessageLimits
    private let service: GatewayService
    private let sockets: CurrentMessageHandler

    static let hint = "JSON-RPC messages are sent by POST, or over a WebSocket"

    /// Makes the endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: handles messages in HTTP requests.
    ///   - sockets: handles messages on WebSockets, which may outlive a configuration.
    ///   - service: the service whose limits responses state.
    ///   - origins: the check of the pages that may open WebSockets.
    ///   - limits: the limits of a connection.
    init(
        endpoint: any MessageHandler,
        sockets: CurrentMessageHandler,
        service: GatewayService,
        origins: OriginCheck,
        limits: MessageLimits
    ) {
        self.endpoint = endpoint
        self.origins = origins
        self.limits = limits
        self.service = service
        self.sockets = sockets
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        let reply = replyOrRefusal(to: request)
        guard case .now(let response) = reply else { return reply }
        return .now(response.asRPCError)
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse { response.asRPCError }

    private func replyOrRefusal(to request: HTTPRequest) -> HTTPReply {
        WebSocketHandshake.isOffered(by: request) ? openWebSocket(request) : replyByMethod(to: request)
    }

    func post(_ request: HTTPRequest) -> HTTPReply {
        let form = ResponseNegotiation(
            of: request,
            among: ResponseMediaType.rpc,
            rateLimitPolicy: service.rateLimitPolicy(for: request.client)
        )
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
        case .now(let reply): return .now(form.response(reply, emptyStatus: Self.emptyStatus(of: request, form)))
        case .later(let respond):
            let emptyStatus = Self.emptyStatus(of: request, form)
            return .later { form.response(await respond(), emptyStatus: emptyStatus) }
        }
    }

    /// The status of the response to a request with notifications alone.
    ///
    /// Libraries that send or accept `application/json-rpc` regard no other status than 200 as success.
    private static func emptyStatus(of request: HTTPRequest, _ form: ResponseNegotiation) -> HTTPResponseStatus {
        let own = [ResponseMediaType.jsonRPC, .jsonRequest]
        if own.contains(form.mediaType) { return .ok }
        guard let contentType = request.header("content-type"), contentType != ResponseMediaType.json.name,
            let name = MediaType(contentType[...])?.name
        else { return .noContent }
        return own.contains { $0.name == name } ? .ok : .noContent
    }

    private func openWebSocket(_ request: HTTPRequest) -> HTTPReply {
        let headers: [(name: String, value: String)]
        switch WebSocketHandshake.accept(request, origins: origins) {
        case .failure(let declined): return .now(declined.response)
        case .success(let fields): headers = fields.all
        }
        // A connection carries many requests, so an idempotency key of its own request identifies none of them.
        let (caller, authorization) = (Caller(request).withoutIdempotency, request.header("authorization"))
        return .upgrade(
            ProtocolUpgrade(headers: headers) { [sockets, limits] channel, executor, monitor in
                let exchange = MessageExchange(
                    endpoint: sockets,
                    callers: Self.callers(caller, authorization, sockets),
                    directory: { sockets.directory },
                    address: caller.address,
                    limits: limits,
                    executor: executor,
                    monitor: monitor
                )
                try channel.pipeline.syncOperations.addHandlers(
                    ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.maximumMessageBytes)),
                    WebSocketConnection(exchange, limits: limits, executor: executor, monitor: monitor)
                )
            }
        )
    }

    /// Returns the caller of a WebSocket's messages, as long as its token is valid.
    private static func callers(
        _ caller: Caller,
        _ authorization: String?,
        _ sockets: CurrentMessageHandler
    ) -> @Sendable () -> Caller? {
        {
            guard let directory = sockets.directory else { return caller.client == nil ? caller : nil }
            var caller = caller
            guard let found = try? directory.client(authorization: authorization) else { return nil }
            caller.become(found.client)
            return caller
        }
    }
}
