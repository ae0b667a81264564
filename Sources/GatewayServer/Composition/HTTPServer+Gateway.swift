package import Gateway
internal import NIOCore

extension HTTPServer {
    /// Starts a server with the gateway's endpoints on one address, and on those of the options.
    package static func start(
        service: GatewayService,
        listen: ListenAddress,
        options: HTTPServerOptions = HTTPServerOptions(),
        messages: (any MessageHandler)? = nil,
        tools: MCPService? = nil
    ) async throws -> HTTPServer {
        var options = options
        options.listeners.insert(HTTPListener(.address(listen)), at: 0)
        return try await start(service: service, options: options, messages: messages, tools: tools)
    }

    /// Starts a server with the gateway's endpoints.
    package static func start(
        service: GatewayService,
        options: HTTPServerOptions,
        messages: (any MessageHandler)? = nil,
        tools: MCPService? = nil
    ) async throws -> HTTPServer {
        let state = ServerState()
        let rpc = RPCService(service: service, limits: options.rpc)
        let messages = messages ?? rpc
        let tools = tools ?? MCPService(rpc, operations: options.operationTools)
        var all = Options()
        all.connection = options.connection
        all.limits = options.limits
        all.threads = options.threads
        let routes = routes(service, messages, tools, options: options, state: state)
        let repeated =
            service.rateLimitPolicy == nil ? RepeatedRequests(capacity: service.resultBytes / 2 * 3) : nil
        let clients = HTTPConnectionSetup(
            endpoint: Router(routes).filtered(by: filters(service, routes, options)),
            limits: options.connection,
            repeated: repeated
        )
        let administration = HTTPConnectionSetup(
            endpoint: Router(administrationRoutes(options, state)).filtered(by: [RequestIDs()]),
            limits: options.connection
        )
        let sockets = options.listeners.map { listener in
            let setup = listener.purpose == .clients ? clients : administration
            return setup.socket(at: listener.address, tls: listener.tls)
        }
        return try await start(sockets + lineSockets(messages, options), options: all, state: state)
    }

    /// What all requests of clients pass.
    private static func filters(
        _ service: GatewayService,
        _ routes: [Route],
        _ options: HTTPServerOptions
    ) -> [any HTTPFilter] {
        var filters: [any HTTPFilter] = []
        if let proxies = options.filters.trustedProxies { filters.append(ForwardedAddresses(proxies: proxies)) }
        filters.append(RequestIDs())
        if let observer = service.observer {
            let tracing = service.telemetry.tracing
            filters.append(ExchangeObservation(observer, tracing: tracing, routes: routes.map(\.path)))
        }
        filters.append(LoadShedding(maximum: options.limits.maximumRequestsInFlight))
        return filters
    }

    /// What operators ask for.
    private static func administrationRoutes(_ options: HTTPServerOptions, _ state: ServerState) -> [Route] {
        let health = HealthEndpoint { !state.isDraining }
        let metrics = options.metrics.map { [Route("/metrics", MetricsEndpoint(exposition: $0))] } ?? []
        return [Route("/health/ready", health), Route("/health/live", health)] + metrics
    }

    /// All routes with the filters that only some of them have.
    private static func routes(
        _ service: GatewayService,
        _ messages: any MessageHandler,
        _ tools: MCPService,
        options: HTTPServerOptions,
        state: ServerState
    ) -> [Route] {
        let filters = options.filters
        let hostCheck: [any HTTPFilter] = hostCheck(of: service, filters).map { [$0] } ?? []
        let shared = sharedFilters(filters)
        // PERF: whole responses to GraphQL requests are cached, compressed. The ids of messages are put into them first.
        var (frontCaching, messageCaching): ([any HTTPFilter], [any HTTPFilter]) = ([], [])
        if let cache = FrontCache(service, clientMaximumAge: options.graphQL.clientMaximumAge) {
            frontCaching.append(FrontCaching(cache: cache))
            messageCaching.append(FrontCaching(cache: cache, takesMessages: true))
        }
        var graphQL = hostCheck + frontCaching + shared
        if filters.preventsCrossSiteRequests {
            let (policy, hosts) = (filters.crossOrigin, filters.allowedHosts)
            graphQL.append(CrossSiteRequestGuard(crossOrigin: policy, allowedHosts: hosts))
        }
        let rpc = RPCEndpoint(
            endpoint: messages,
            filters: filters,
            limits: options.messages,
            rateLimitPolicy: service.rateLimitPolicy
        )
        let origin = OriginFilter(crossOrigin: filters.crossOrigin, allowedHosts: filters.allowedHosts)
        let health = HealthEndpoint { !state.isDraining }
        return [
            Route("/graphql", GraphQLEndpoint(service: service, options: options.graphQL), filters: graphQL),
            Route("/rpc", rpc, filters: hostCheck + shared + messageCaching),
            Route("/openrpc.json", OpenRPCEndpoint(document: messages.openRPC), filters: shared),
            Route(
                "/mcp",
                MCPEndpoint(service: tools, maximumBodyBytes: options.maximumBodyBytes),
                filters: hostCheck + [origin] + shared + messageCaching
            ),
            Route("/health/ready", health), Route("/health/live", health),
        ] + metricsRoutes(options)
    }

    /// The metrics among the routes of clients: only if operators have no socket of their own.
    private static func metricsRoutes(_ options: HTTPServerOptions) -> [Route] {
        guard let exposition = options.metrics, !options.listeners.contains(where: { $0.purpose == .administration })
        else { return [] }
        return [Route("/metrics", MetricsEndpoint(exposition: exposition))]
    }

    /// What lets a service spend configured keys only for hosts that nobody else owns; nil if it has none.
    private static func hostCheck(of service: GatewayService, _ options: FilterOptions) -> HostCheck? {
        guard service.hasConfiguredKeys else { return nil }
        return HostCheck(allowedHosts: options.allowedHosts, crossOrigin: options.crossOrigin) {
            service.spendsConfiguredKey(for: Caller($0))
        }
    }

    /// The filters of all routes whose responses are for programs.
    private static func sharedFilters(_ options: FilterOptions) -> [any HTTPFilter] {
        var filters: [any HTTPFilter] = []
        if let policy = options.crossOrigin { filters.append(CrossOriginSharing(policy: policy)) }
        if let threshold = options.compressionThreshold { filters.append(Compression(threshold: threshold)) }
        return filters
    }

    /// The sockets that take one message a line.
    private static func lineSockets(_ messages: any MessageHandler, _ options: HTTPServerOptions) -> [Socket] {
        let limits = options.messages
        let addresses: [BindAddress?] = [
            options.lineSockets.address.map { .address($0) }, options.lineSockets.path.map { .path($0) },
        ]
        let callers = options.lineSockets.currentCaller
        return addresses.compactMap { $0 }.map { address in
            Socket(address: address, speaksHTTP: false) { channel, executor, monitor in
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
