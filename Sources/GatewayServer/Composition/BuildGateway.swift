internal import Gateway
internal import NIOCore

/// Builds a gateway: chooses its parts and connects them.
///
/// `serve`, a reload and the tests call it. It builds from the upstream's side to the clients': services, routes with their filters, sockets.
///
/// - Parameters:
///   - configuration: the configuration.
///   - previous: the previous gateway, which is reused as far as the configuration allows; nil: there is none.
/// - Returns: the gateway. It serves after `start()`, or instead of the previous one after `RunningGateway.serve(_:)`.
package func buildGateway(
    _ configuration: GatewayConfiguration,
    replacing previous: BuiltGateway? = nil
) -> BuiltGateway {
    let running = previous?.running ?? RunningGateway()
    let options = configuration.server.on(socketsOf: previous?.options)

    let service = GatewayService(configuration.service, replacing: previous?.service)
    let rpc = RPCService(service: service, limits: options.rpc, url: options.rpcURL)
    let messages = configuration.messages ?? rpc
    let tools = configuration.tools ?? mcpService(service, rpc, options, replacing: previous)
    let current = CurrentMessageHandler(gateway: running.gateway)

    let frontCache = FrontCache(service, clientMaximumAge: options.graphQL.clientMaximumAge)
    let repeated = repeatedRequests(of: service, options, running.inFlight)
    let cacheUse = { @Sendable in [frontCache?.use ?? FrontCache.noUse, repeated?.use ?? RepeatedRequests.noUse] }
    let routes = ClientRoutes(
        service: service,
        messages: messages,
        tools: tools,
        current: current,
        frontCache: frontCache,
        cacheUse: cacheUse,
        options: options,
        state: running.state
    ).all
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

    return BuiltGateway(
        service: service,
        tools: tools,
        running: running,
        generation: generation,
        sockets: httpSockets(running, options) + lineSockets(current, options),
        options: options
    )
}

/// The MCP service; streams of the previous one continue if the change feeds that they depend on are reused.
private func mcpService(
    _ service: GatewayService,
    _ rpc: RPCService,
    _ options: HTTPServerOptions,
    replacing previous: BuiltGateway?
) -> MCPService {
    MCPService(
        rpc,
        operations: options.operationTools,
        replacing: previous?.tools,
        continuesStreams: previous.map { service.hasSameChanges(as: $0.service) } ?? false
    )
}

// MARK: - Filters

/// The filters of all client requests.
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

/// The cache of responses to repeated client requests; nil: client limits count each request.
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

// MARK: - Sockets

/// The sockets for HTTP: those of clients and those of administration.
private func httpSockets(_ running: RunningGateway, _ options: HTTPServerOptions) -> [HTTPServer.Socket] {
    let clients = HTTPConnectionSetup(running.gateway, limits: options.connection)
    let administration = HTTPConnectionSetup(
        endpoint: Router(AdministrationRoutes(running: running, options: options).all).filtered(by: [RequestIDs()]),
        limits: options.connection
    )
    return options.listeners.map { listener in
        let setup = listener.purpose == .clients ? clients : administration
        return setup.socket(at: listener.address, tls: listener.tls)
    }
}

/// The sockets for JSON-RPC messages on lines.
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
