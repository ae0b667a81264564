package import Gateway
internal import NIOCore

extension HTTPServer {
    /// Starts a server with the gateway's endpoints on one address, and on those of the options.
    package static func start(
        service: GatewayService,
        listen: ListenAddress,
        options: HTTPServerOptions = HTTPServerOptions(),
        messages: (any MessageHandler)? = nil,
        tools: MCPService? = nil,
        replacement: GatewayReplacement = GatewayReplacement()
    ) async throws -> HTTPServer {
        var options = options
        options.listeners.insert(HTTPListener(.address(listen)), at: 0)
        return try await start(
            service: service,
            options: options,
            messages: messages,
            tools: tools,
            replacement: replacement
        )
    }

    /// Starts a server with the gateway's endpoints.
    ///
    /// - Parameters:
    ///   - service: what is served first.
    ///   - options: how it is served.
    ///   - messages: what serves JSON-RPC messages; nil: the service's own methods.
    ///   - tools: what models may call; nil: the service's own methods.
    ///   - replacement: serves other services later.
    /// - Returns: the server.
    /// - Throws: `ListenFailure`.
    package static func start(
        service: GatewayService,
        options: HTTPServerOptions,
        messages: (any MessageHandler)? = nil,
        tools: MCPService? = nil,
        replacement: GatewayReplacement = GatewayReplacement()
    ) async throws -> HTTPServer {
        let (state, inFlight) = (ServerState(), RequestsInFlight())
        let gateway = replacement.gateway
        let current = CurrentMessageHandler(gateway: gateway)
        replacement.begin(with: service, options) { [options] service, next in
            var next = next
            // The sockets stay, and so does what is shown on which of them.
            (next.listeners, next.metrics, next.pages) = (options.listeners, options.metrics, options.pages)
            return generation(of: service, messages, tools, current, options: next, state: state, inFlight: inFlight)
        }
        var all = Options()
        all.connection = options.connection
        all.limits = options.limits
        all.threads = options.threads
        let clients = HTTPConnectionSetup(gateway, limits: options.connection)
        let administration = HTTPConnectionSetup(
            endpoint: Router(administrationRoutes(replacement, options, state)).filtered(by: [RequestIDs()]),
            limits: options.connection
        )
        let sockets = options.listeners.map { listener in
            let setup = listener.purpose == .clients ? clients : administration
            return setup.socket(at: listener.address, tls: listener.tls)
        }
        return try await start(sockets + lineSockets(current, options), options: all, state: state)
    }

    /// What requests are served with, for one configuration.
    private static func generation(
        of service: GatewayService,
        _ messages: (any MessageHandler)?,
        _ tools: MCPService?,
        _ current: CurrentMessageHandler,
        options: HTTPServerOptions,
        state: ServerState,
        inFlight: RequestsInFlight
    ) -> ReplaceableGateway.Generation {
        state.whenStreamsMustEnd { [weak service] in service?.endSubscriptions() }
        let rpc = RPCService(service: service, limits: options.rpc, url: options.rpcURL)
        let messages = messages ?? rpc
        let tools = tools ?? MCPService(rpc, operations: options.operationTools)
        let routes = routes(service, messages, tools, current, options: options, state: state)
        return ReplaceableGateway.Generation(
            service: service,
            endpoint: Router(routes).filtered(by: filters(service, routes, options, inFlight)),
            messages: messages,
            connection: options.connection,
            messageLimits: options.messages,
            repeated: service.rateLimitPolicy == nil
                ? RepeatedRequests(
                    capacity: service.resultBytes / 2 * 3,
                    maximumWaiting: options.limits.maximumRequestsInFlight,
                    inFlight: inFlight
                ) : nil
        )
    }

    /// What all requests of clients pass.
    private static func filters(
        _ service: GatewayService,
        _ routes: [Route],
        _ options: HTTPServerOptions,
        _ inFlight: RequestsInFlight
    ) -> [any HTTPFilter] {
        var filters: [any HTTPFilter] = []
        if let proxies = options.filters.trustedProxies { filters.append(ForwardedAddresses(proxies: proxies)) }
        filters.append(RequestIDs())
        if let observer = service.observer {
            let tracing = service.telemetry.tracing
            filters.append(ExchangeObservation(observer, tracing: tracing, routes: routes.map(\.path)))
        }
        filters.append(LoadShedding(maximum: options.limits.maximumRequestsInFlight, inFlight: inFlight))
        filters.append(LongWork())
        return filters
    }

    /// What operators ask for.
    private static func administrationRoutes(
        _ replacement: GatewayReplacement,
        _ options: HTTPServerOptions,
        _ state: ServerState
    ) -> [Route] {
        let health = HealthEndpoint { !state.isDraining }
        let metrics = options.metrics.map { [Route("/metrics", MetricsEndpoint(exposition: $0))] } ?? []
        let cockpit = options.spending.map { log in
            let endpoint = CockpitEndpoint(interval: options.cockpitInterval) { [gateway = replacement.gateway] in
                gateway.current.map { Cockpit($0.service, log: log) }
            }
            return [Route("/cockpit/report", endpoint)] + options.pages.cockpitRoutes
        }
        return [Route("/health/ready", health), Route("/health/live", health)] + metrics + (cockpit ?? [])
    }

    /// All routes with the filters that only some of them have.
    private static func routes(
        _ service: GatewayService,
        _ messages: any MessageHandler,
        _ tools: MCPService,
        _ current: CurrentMessageHandler,
        options: HTTPServerOptions,
        state: ServerState
    ) -> [Route] {
        let filters = options.filters
        let authentication = authentication(service, options)
        let hostCheck = authentication + (hostCheck(of: service, filters).map { [$0] } ?? [])
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
        let sockets = GraphQLSocketOpening(service: service, filters: filters, limits: options.messages)
        let rpc = RPCEndpoint(
            endpoint: messages,
            sockets: current,
            service: service,
            filters: filters,
            limits: options.messages
        )
        let origin = OriginFilter(crossOrigin: filters.crossOrigin, allowedHosts: filters.allowedHosts)
        let health = HealthEndpoint { !state.isDraining }
        return [
            Route(
                "/graphql",
                GraphQLEndpoint(service: service, options: options.graphQL, sockets: sockets),
                filters: graphQL
            ),
            Route(
                "/explain",
                ExplainEndpoint(service: service, maximumBodyBytes: options.maximumBodyBytes),
                filters: hostCheck + shared
            ),
            Route("/rpc", rpc, filters: hostCheck + shared + messageCaching),
            Route("/openrpc.json", OpenRPCEndpoint(document: messages.openRPC), filters: authentication + shared),
            Route(
                "/mcp",
                MCPEndpoint(service: tools, maximumBodyBytes: options.maximumBodyBytes),
                filters: hostCheck + [origin] + shared + messageCaching
            ),
            Route("/health/ready", health), Route("/health/live", health),
        ] + metricsRoutes(options) + resourceRoutes(options) + options.pages.routes
            + WebhookEndpoint.routes(options.webhooks, of: service)
    }

    /// The metrics among the routes of clients: only if operators have no socket of their own.
    private static func metricsRoutes(_ options: HTTPServerOptions) -> [Route] {
        guard let exposition = options.metrics, !options.listeners.contains(where: { $0.purpose == .administration })
        else { return [] }
        return [Route("/metrics", MetricsEndpoint(exposition: exposition))]
    }

    /// Where clients learn who issues tokens.
    private static func resourceRoutes(_ options: HTTPServerOptions) -> [Route] {
        guard let resource = options.protectedResource else { return [] }
        return resource.paths.map { Route($0, ProtectedResourceEndpoint(resource)) }
    }

    /// What lets only clients pass; nothing, if callers are not asked who they are.
    private static func authentication(_ service: GatewayService, _ options: HTTPServerOptions) -> [any HTTPFilter] {
        guard let directory = service.directory else { return [] }
        let resource = options.protectedResource
        return [
            ClientAuthentication(
                directory: directory,
                challenge: AuthenticationChallenge(
                    metadataURL: resource?.metadataURL,
                    scopes: resource?.scopes ?? []
                ),
                crossOrigin: options.filters.crossOrigin.map { CrossOriginSharing(policy: $0) }
            )
        ]
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
    private static func lineSockets(_ messages: CurrentMessageHandler, _ options: HTTPServerOptions) -> [Socket] {
        let limits = options.messages
        let addresses: [BindAddress?] = [
            options.lineSockets.address.map { .address($0) }, options.lineSockets.path.map { .path($0) },
        ]
        let callers = options.lineSockets.currentCaller
        return addresses.compactMap { $0 }.map { address in
            Socket(address: address, speaksHTTP: false) { channel, executor, monitor in
                let limits = messages.limits ?? limits
                let exchange = MessageExchange(
                    endpoint: messages,
                    callers: callers,
                    directory: { messages.directory },
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
