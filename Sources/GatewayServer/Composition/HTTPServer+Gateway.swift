package import Gateway
internal import NIOCore

extension HTTPServer {
    /// Starts a server with the gateway's endpoints.
    package static func start(
        service: GatewayService,
        listen: ListenAddress,
        options: HTTPServerOptions = HTTPServerOptions(),
        messages: (any MessageHandler)? = nil,
        tools: MCPService? = nil
    ) async throws -> HTTPServer {
        let state = ServerState()
        let rpc = RPCService(service: service, limits: options.rpc)
        let messages = messages ?? rpc
        let tools = tools ?? MCPService(rpc)
        var all = Options()
        all.connection = options.connection
        all.limits = options.limits
        all.threads = options.threads
        all.sockets = lineSockets(messages, options)
        let endpoints = endpoints(service, messages, tools, options: options, state: state)
        return try await start(
            ObservedEndpoint(
                Router(endpoints: endpoints),
                observer: service.observer,
                routes: Set(endpoints.keys)
            ),
            listen: listen,
            options: all,
            state: state
        )
    }

    /// All endpoints by path.
    private static func endpoints(
        _ service: GatewayService,
        _ messages: any MessageHandler,
        _ tools: MCPService,
        options: HTTPServerOptions,
        state: ServerState
    ) -> [String: any Endpoint] {
        let health = HealthEndpoint { !state.isDraining }
        let rpc = RPCEndpoint(
            endpoint: messages,
            options: options.graphQL,
            limits: options.messages,
            rateLimitPolicy: service.rateLimitPolicy
        )
        return [
            "/graphql": checked(GraphQLEndpoint(service: service, options: options.graphQL), service, options),
            "/rpc": checked(rpc, service, options),
            "/openrpc.json": OpenRPCEndpoint(document: messages.openRPC, options: options.graphQL),
            "/mcp": checked(MCPEndpoint(service: tools, options: options.graphQL), service, options),
            "/health/ready": health, "/health/live": health,
        ]
    }

    /// An endpoint that spends configured keys only for hosts that nobody else owns.
    private static func checked(
        _ endpoint: any Endpoint,
        _ service: GatewayService,
        _ options: HTTPServerOptions
    ) -> any Endpoint {
        guard service.hasConfiguredKeys else { return endpoint }
        return HostCheck(
            endpoint,
            allowedHosts: options.graphQL.allowedHosts,
            crossOrigin: options.graphQL.crossOrigin
        ) { service.spendsConfiguredKey(for: Caller($0)) }
    }

    /// The sockets that take one message a line.
    private static func lineSockets(_ messages: any MessageHandler, _ options: HTTPServerOptions) -> [Socket] {
        let limits = options.messages
        let addresses: [BindAddress?] = [
            options.lineSockets.address.map { .address($0) }, options.lineSockets.path.map { .path($0) },
        ]
        let callers = options.lineSockets.currentCaller
        return addresses.compactMap { $0 }.map { address in
            Socket(address: address) { channel, executor, monitor in
                let exchange = MessageExchange(
                    endpoint: messages,
                    callers: callers,
                    limits: limits,
                    executor: executor,
                    monitor: monitor
                )
                try channel.pipeline.syncOperations.addHandlers(
                    ByteToMessageHandler(LineDecoder(maximumBytes: limits.maximumMessageBytes)),
                    LineSocketHandler(exchange: exchange, limits: limits, monitor: monitor)
                )
            }
        }
    }
}
