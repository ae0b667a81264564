internal import Gateway
internal import NIOCore

/// Builds a gateway: the one place where its parts are chosen and joined.
///
/// `serve`, a reload and the tests call it. It goes from the upstream's side to the clients': services, then the routes with the filters before them, then the sockets.
///
/// - Parameters:
///   - configuration: what is built.
///   - previous: what is served until now, of which as much stays in use as the configuration allows; nil: nothing is.
/// - Returns: the gateway. It serves after `start()`, or in place of the previous one after `RunningGateway.serve(_:)`.
package func buildGateway(
    _ configuration: GatewayConfiguration,
    replacing previous: BuiltGateway? = nil
) -> BuiltGateway {
    let running = previous?.running ?? RunningGateway()
    let options = configuration.server.on(socketsOf: previous?.options)

    let service = GatewayService(configuration.service, replacing: previous?.service)
    let rpc = RPCService(service: service, limits: options.rpc, url: options.rpcURL)
    let messages = configuration.messages ?? rpc
    // Where changes are the same, so are the streams of who follows them.
    let tools =
        configuration.tools
        ?? MCPService(
            rpc,
            operations: options.operationTools,
            replacing: previous?.tools,
            continuesStreams: previous.map { service.hasSameChanges(as: $0.service) } ?? false
        )
    let current = CurrentMessageHandler(gateway: running.gateway)

    let frontCache = FrontCache(service, clientMaximumAge: options.graphQL.clientMaximumAge)
    let repeated = repeatedRequests(of: service, options, running.inFlight)
    let cacheUse = { @Sendable in [frontCache?.use ?? FrontCache.noUse, repeated?.use ?? RepeatedRequests.noUse] }
    let routes = clientRoutes(
        service,
        messages,
        tools,
        current,
        frontCache,
        cacheUse,
        options: options,
        state: running.state
    )
    let filters = clientFilters(service, routes, options, running.inFlight)
    let generation = ReplaceableGateway.Generation(
        service: service,
        endpoint: Router(routes).filtered(by: filters),
        messages: messages,
        connection: options.connection,
        messageLimits: options.messages,
        load: LoadLimit(maximum: options.limits.maximumRequestsInFlight, inFlight: running.inFlight),
        repeated: repeated,
        cacheUse: cacheUse,
        endNotifications: tools.streamEnding
    )

    let clients = HTTPConnectionSetup(running.gateway, limits: options.connection)
    let administration = HTTPConnectionSetup(
        endpoint: Router(administrationRoutes(running, options)).filtered(by: [RequestIDs()]),
        limits: options.connection
    )
    let sockets = options.listeners.map { listener in
        let setup = listener.purpose == .clients ? clients : administration
        return setup.socket(at: listener.address, tls: listener.tls)
    }
    return BuiltGateway(
        service: service,
        tools: tools,
        running: running,
        generation: generation,
        sockets: sockets + lineSockets(current, options),
        options: options
    )
}

// MARK: - Filters

/// What all requests of clients pass.
private func clientFilters(
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
        filters.append(ExchangeObservation(observer, tracing: tracing, routes: routes))
    }
    filters.append(LoadShedding(maximum: options.limits.maximumRequestsInFlight, inFlight: inFlight))
    filters.append(LongWork())
    return filters
}

/// What lets only clients pass; nothing, if callers are not asked who they are.
private func authenticationFilters(
    _ service: GatewayService,
    _ options: HTTPServerOptions,
    opensSockets: Bool = false
) -> [any HTTPFilter] {
    guard let directory = service.directory else { return [] }
    let resource = options.protectedResource
    let challenge = AuthenticationChallenge(metadataURL: resource?.metadataURL, scopes: resource?.scopes ?? [])
    return [ClientAuthentication(directory: directory, challenge: challenge, opensSockets: opensSockets)]
}

/// What lets a service spend configured keys only for hosts that nobody else owns; nil if nobody without a credential could spend one.
private func hostCheckFilter(of service: GatewayService, _ origins: OriginCheck) -> HostCheck? {
    // Where clients are listed, a key is spent in the name of a token alone, which no browser adds by itself.
    guard service.hasConfiguredKeys, service.directory == nil else { return nil }
    return HostCheck(origins: origins) { service.spendsConfiguredKey(for: Caller($0)) }
}

/// The filters of all routes whose responses are for programs.
private func sharedFilters(
    _ options: FilterOptions,
    methods: String = CrossOriginSharing.usualMethods
) -> [any HTTPFilter] {
    var filters: [any HTTPFilter] = []
    if let policy = options.crossOrigin { filters.append(CrossOriginSharing(policy: policy, methods: methods)) }
    if let threshold = options.compressionThreshold { filters.append(Compression(threshold: threshold)) }
    return filters
}

extension HTTPServerOptions {
    /// Which pages may send requests.
    fileprivate var origins: OriginCheck {
        OriginCheck(crossOrigin: filters.crossOrigin, allowedHosts: filters.allowedHosts, publicURL: publicURL)
    }
}

/// The responses to requests of clients that come again; nil: each is served by itself, as each counts.
private func repeatedRequests(
    of service: GatewayService,
    _ options: HTTPServerOptions,
    _ inFlight: RequestsInFlight
) -> RepeatedRequests? {
    guard service.rateLimitPolicy == nil else { return nil }
    return RepeatedRequests(
        capacity: service.resultBytes / 2 * 3,
        maximumWaiting: options.limits.maximumRequestsInFlight,
        inFlight: inFlight
    )
}

// MARK: - Routes

/// What operators ask for.
private func administrationRoutes(_ running: RunningGateway, _ options: HTTPServerOptions) -> [Route] {
    let state = running.state
    let ready = HealthEndpoint { !state.isDraining }
    let metrics = options.metrics.map { [Route("/metrics", MetricsEndpoint(exposition: $0))] } ?? []
    let cockpit = options.spending.map { log in
        let endpoint = CockpitEndpoint(
            interval: options.cockpitInterval,
            isStopping: { state.isDraining },
            cockpit: { [gateway = running.gateway] in
                gateway.current.map { Cockpit($0.service, caches: $0.cacheUse(), log: log) }
            }
        )
        // Nothing but the socket itself says who may see these figures: a page of another site must not lead a browser to it.
        let hostCheck = HostCheck(ofAllRequests: options.origins)
        return [Route("/cockpit/report", endpoint, filters: [hostCheck])] + options.pages.cockpitRoutes
    }
    let profile = options.profiler.map { [Route(ProfileEndpoint.path, ProfileEndpoint(recorder: $0))] } ?? []
    let health = [Route("/health/ready", ready), Route("/health/live", HealthEndpoint { true })]
    return health + metrics + profile + (cockpit ?? [])
}

/// All routes with the filters that only some of them have.
private func clientRoutes(
    _ service: GatewayService,
    _ messages: any MessageHandler,
    _ tools: MCPService,
    _ current: CurrentMessageHandler,
    _ frontCache: FrontCache?,
    _ cacheUse: @escaping @Sendable () -> [GatewayStatus.Cache],
    options: HTTPServerOptions,
    state: ServerState
) -> [Route] {
    let (filters, origins) = (options.filters, options.origins)
    let authentication = authenticationFilters(service, options)
    let hostFilters: [any HTTPFilter] = hostCheckFilter(of: service, origins).map { [$0] } ?? []
    let hostCheck = authentication + hostFilters
    // Those of paths at which a WebSocket can be opened.
    let socketCheck = authenticationFilters(service, options, opensSockets: true) + hostFilters
    let shared = sharedFilters(filters)
    // PERF: whole responses to GraphQL requests are cached, compressed. The ids of messages are put into them first.
    var (frontCaching, messageCaching): ([any HTTPFilter], [any HTTPFilter]) = ([], [])
    if let frontCache {
        frontCaching.append(FrontCaching(cache: frontCache))
        messageCaching.append(FrontCaching(cache: frontCache, takesMessages: true))
    }
    var graphQL = socketCheck + frontCaching + shared
    if filters.preventsCrossSiteRequests { graphQL.append(CrossSiteRequestGuard(origins: origins)) }
    let sockets = GraphQLSocketOpening(current: current, origins: origins, limits: options.messages)
    let rpc = RPCEndpoint(
        endpoint: messages,
        sockets: current,
        service: service,
        origins: origins,
        limits: options.messages
    )
    let ready = HealthEndpoint { !state.isDraining }
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
        Route("/rpc", rpc, filters: socketCheck + shared + messageCaching),
        Route("/openrpc.json", OpenRPCEndpoint(document: messages.openRPC), filters: authentication + shared),
        Route(
            "/mcp",
            MCPEndpoint(service: tools, maximumBodyBytes: options.maximumBodyBytes, current: current),
            filters: hostCheck + [OriginFilter(origins: origins)]
                + sharedFilters(filters, methods: MCPEndpoint.crossOriginMethods) + messageCaching
        ),
        Route("/health/ready", ready), Route("/health/live", HealthEndpoint { true }),
    ] + metricsRoutes(options) + resourceRoutes(options) + options.pages.routes
        + WebhookEndpoint.routes(options.webhooks, of: service)
        + cockpitRoutes(service, cacheUse, authentication: authentication, options, state)
}

/// The cockpit among the routes of clients: its figures are for those clients alone that are administrators.
private func cockpitRoutes(
    _ service: GatewayService,
    _ cacheUse: @escaping @Sendable () -> [GatewayStatus.Cache],
    authentication: [any HTTPFilter],
    _ options: HTTPServerOptions,
    _ state: ServerState
) -> [Route] {
    guard let log = options.spending, service.directory?.hasAdministrators == true else { return [] }
    let endpoint = CockpitEndpoint(
        interval: options.cockpitInterval,
        isStopping: { state.isDraining },
        cockpit: { [weak service] in service.map { Cockpit($0, caches: cacheUse(), log: log) } }
    )
    return [Route("/cockpit/report", endpoint, filters: authentication + [AdministratorsOnly()])]
        + options.pages.cockpitRoutes
}

/// The metrics among the routes of clients: only if operators have no socket of their own.
private func metricsRoutes(_ options: HTTPServerOptions) -> [Route] {
    guard let exposition = options.metrics, !options.listeners.contains(where: { $0.purpose == .administration })
    else { return [] }
    return [Route("/metrics", MetricsEndpoint(exposition: exposition))]
}

/// Where clients learn who issues tokens.
private func resourceRoutes(_ options: HTTPServerOptions) -> [Route] {
    guard let resource = options.protectedResource else { return [] }
    return resource.paths.map { Route($0, ProtectedResourceEndpoint(resource)) }
}

// MARK: - Sockets

/// The sockets that take one message a line.
private func lineSockets(_ messages: CurrentMessageHandler, _ options: HTTPServerOptions) -> [HTTPServer.Socket] {
    let limits = options.messages
    let addresses: [BindAddress?] = [
        options.lineSockets.address.map { .address($0) }, options.lineSockets.path.map { .path($0) },
    ]
    let callers = options.lineSockets.currentCaller
    return addresses.compactMap { $0 }.map { address in
        HTTPServer.Socket(address: address, speaksHTTP: false) { channel, executor, monitor in
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
                LineSocketHandler(exchange: exchange, limits: limits, executor: executor, monitor: monitor)
            )
        }
    }
}
