internal import Gateway

/// The routes of clients, each with the filters that not all of them have.
///
/// A new endpoint is a route here.
struct ClientRoutes {
    let service: GatewayService
    let messages: any MessageHandler
    let tools: MCPService
    let current: CurrentMessageHandler
    let frontCache: FrontCache?
    let cacheUse: @Sendable () -> [GatewayStatus.Cache]
    let options: HTTPServerOptions
    let state: ServerState

    /// All routes.
    var all: [Route] {
        graphQLRoutes + rpcRoutes + mcpRoutes + healthRoutes + metricsRoutes + resourceRoutes + options.pages.routes
            + WebhookEndpoint.routes(options.webhooks, of: service) + cockpitRoutes
    }

    private var graphQLRoutes: [Route] {
        let sockets = GraphQLSocketOpening(current: current, origins: options.origins, limits: options.messages)
        var filters = socketCheck + frontCaching() + sharedFilters()
        if options.filters.preventsCrossSiteRequests { filters.append(CrossSiteRequestGuard(origins: options.origins)) }
        return [
            Route(
                "/graphql",
                GraphQLEndpoint(service: service, options: options.graphQL, sockets: sockets),
                filters: filters
            ),
            Route(
                "/explain",
                ExplainEndpoint(service: service, maximumBodyBytes: options.maximumBodyBytes),
                filters: hostCheck + sharedFilters()
            ),
        ]
    }

    private var rpcRoutes: [Route] {
        let endpoint = RPCEndpoint(
            endpoint: messages,
            sockets: current,
            service: service,
            origins: options.origins,
            limits: options.messages
        )
        return [
            Route("/rpc", endpoint, filters: socketCheck + sharedFilters() + frontCaching(takesMessages: true)),
            Route(
                "/openrpc.json",
                OpenRPCEndpoint(document: messages.openRPC),
                filters: authentication() + sharedFilters()
            ),
        ]
    }

    private var mcpRoutes: [Route] {
        let endpoint = MCPEndpoint(service: tools, maximumBodyBytes: options.maximumBodyBytes, current: current)
        let filters =
            hostCheck + [OriginFilter(origins: options.origins)]
            + sharedFilters(methods: MCPEndpoint.crossOriginMethods)
            + frontCaching(takesMessages: true) { [tools] in MCPEndpoint.useSession(of: $0, tools) }
        return [Route("/mcp", endpoint, filters: filters)]
    }

    private var healthRoutes: [Route] {
        let ready = HealthEndpoint { [state] in !state.isDraining }
        return [Route("/health/ready", ready), Route("/health/live", HealthEndpoint { true })]
    }

    /// The metrics, unless operators have a socket of their own.
    private var metricsRoutes: [Route] {
        guard let exposition = options.metrics, !options.listeners.contains(where: { $0.purpose == .administration })
        else { return [] }
        return [Route("/metrics", MetricsEndpoint(exposition: exposition))]
    }

    /// The metadata that name the issuer of tokens.
    private var resourceRoutes: [Route] {
        guard let resource = options.protectedResource else { return [] }
        return resource.paths.map { Route($0, ProtectedResourceEndpoint(resource)) }
    }

    /// The cockpit, for clients that are administrators.
    private var cockpitRoutes: [Route] {
        guard let log = options.spending, service.directory?.hasAdministrators == true else { return [] }
        let endpoint = CockpitEndpoint(
            interval: options.cockpitInterval,
            isStopping: { [state] in state.isDraining },
            cockpit: { [weak service, cacheUse] in service.map { Cockpit($0, caches: cacheUse(), log: log) } }
        )
        return [Route("/cockpit/report", endpoint, filters: authentication() + [AdministratorsOnly()])]
            + options.pages.cockpitRoutes
    }

    // MARK: - Filters

    /// The check of the caller's token; empty if no clients are listed.
    private func authentication(opensSockets: Bool = false) -> [any HTTPFilter] {
        guard let directory = service.directory else { return [] }
        let resource = options.protectedResource
        let challenge = AuthenticationChallenge(metadataURL: resource?.metadataURL, scopes: resource?.scopes ?? [])
        return [ClientAuthentication(directory: directory, challenge: challenge, opensSockets: opensSockets)]
    }

    /// The checks of paths that spend keys.
    private var hostCheck: [any HTTPFilter] { authentication() + configuredKeyCheck }

    /// The checks of paths at which a WebSocket can be opened.
    private var socketCheck: [any HTTPFilter] { authentication(opensSockets: true) + configuredKeyCheck }

    /// The check that lets a service spend configured keys only under host names that nobody else owns; empty if nobody without a
    /// credential could spend one.
    private var configuredKeyCheck: [any HTTPFilter] {
        // Where clients are listed, a key is spent in the name of a token alone, which no browser adds by itself.
        guard service.hasConfiguredKeys, service.directory == nil else { return [] }
        return [HostCheck(origins: options.origins) { [service] in service.spendsConfiguredKey(for: Caller($0)) }]
    }

    /// The filters of all routes whose responses are for programs.
    private func sharedFilters(methods: String = CrossOriginSharing.usualMethods) -> [any HTTPFilter] {
        var filters: [any HTTPFilter] = []
        if let policy = options.filters.crossOrigin {
            filters.append(CrossOriginSharing(policy: policy, methods: methods))
        }
        if let threshold = options.filters.compressionThreshold { filters.append(Compression(threshold: threshold)) }
        return filters
    }

    /// The cache of whole responses, if there is one.
    ///
    // PERF: whole responses to GraphQL requests are cached compressed, and so in front of the other filters. The ids of messages are put
    // into responses before these are compressed.
    private func frontCaching(
        takesMessages: Bool = false,
        useSession: (@Sendable (HTTPRequest) -> MCPService.SessionUse)? = nil
    ) -> [any HTTPFilter] {
        frontCache.map { [FrontCaching(cache: $0, takesMessages: takesMessages, useSession: useSession)] } ?? []
    }
}
