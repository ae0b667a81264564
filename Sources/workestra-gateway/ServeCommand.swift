internal import ArgumentParser
internal import FoundationEssentials
internal import Gateway
internal import GatewayServer
internal import Glibc
internal import GraphQL
internal import Logging
internal import Observability
internal import Upstream

/// `workestra-gateway serve`: serves requests until it receives a signal to stop.
struct ServeCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves GraphQL, JSON-RPC and MCP over HTTP."
    )

    @OptionGroup(title: "Listening") var listening: ListenerOptions

    @OptionGroup var schema: SchemaFiles

    @OptionGroup var upstreams: UpstreamOptions

    @OptionGroup(title: "Limits") var limits: LimitOptions

    @Option(help: "The seconds that one upstream call may take.")
    var upstreamTimeout: Int = 10

    @OptionGroup(title: "HTTP") var http: HTTPOptions

    @OptionGroup(title: "JSON-RPC") var rpc: RPCOptions

    @OptionGroup(title: "Model Context Protocol") var models: MCPOptions

    @OptionGroup(title: "Logs") var logs: LogOptions

    @OptionGroup(title: "Metrics and traces") var monitoring: MonitoringOptions

    @Option(help: "The number of event loops; one for each core if not given.")
    var threads: Int?

    func validate() throws {
        guard upstreamTimeout > 0, (threads ?? 1) > 0 else {
            throw ValidationError("Times and numbers of threads must be greater than zero.")
        }
    }

    func run(with configuration: LayeredConfiguration) async throws {
        SignalWatch.ignoreHangUp()
        HeapTuning.apply()
        let telemetry = ProcessTelemetry(logs, monitoring)
        let logger = telemetry.logger
        let descriptors = DescriptorPlan(
            descriptors: try ProcessResources.raiseDescriptorLimit(),
            eventLoops: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            clientConnections: http.maximumConnections
        )
        await ProcessResources.warmUp()
        let log = LogObserver(logger)
        let refresher = KeyFileRefresher()
        let transport = try CurlTransport(configuration: transportConfiguration(descriptors))
        let observer = ObserverList([log, refresher] + telemetry.observers(transport))
        let builder = ServiceBuilder(transport: transport, observer: observer, telemetry: telemetry.options)
        let configured = try builder.build(self, configuration.file)
        refresher.files = configured.keyFiles.all
        let service = configured.service
        var options = http.server(threads: threads, descriptors: descriptors)
        options.limits.memoryWasReleased = { HeapTuning.trim() }
        options.limits.log = { logger.warning("\($0)") }
        options.metrics = telemetry.exposition
        options.operationTools = configured.operationTools
        rpc.apply(to: &options, keyFile: configured.keyFiles.rpc)
        listening.apply(to: &options)
        let credentials = try listening.credentials()
        options.listeners = listening.listeners(credentials)
        let server = try await HTTPServer.start(service: service, options: options)
        let stopped = AsyncStream<Bool>.makeStream()
        let manager = ServiceManager()
        SignalWatch.start(
            stop: { stopped.continuation.yield($0) },
            reload: {
                manager.reloading()
                observer.configurationChanged(refresher.reload())
                Self.reload(credentials, logger)
                manager.ready()
            }
        )
        telemetry.show(service, server)
        announce(server, options.listeners)
        logger.notice("Started.", metadata: startMetadata(server, service))
        manager.ready()
        var isInterrupt = false
        for await value in stopped.stream.prefix(1) { isInterrupt = value }
        manager.stopping()
        let delay = isInterrupt ? 0 : listening.drainDelay
        logger.notice(
            "Shutting down; requests are served for \(delay) more seconds; a second signal ends the process at once."
        )
        try await server.shutDown(delays: !isInterrupt)
        await telemetry.flush()
        await transport.shutDown()
        logger.notice("Stopped.")
    }

    private func startMetadata(_ server: HTTPServer, _ service: GatewayService) -> Logger.Metadata {
        [
            "version": "\(ProductVersion.text)", "address": "\(server.address)",
            "workspaces": "\(service.status.workspaces.map(\.slug).joined(separator: ","))",
            "configuredKeys": .stringConvertible(service.hasConfiguredKeys),
        ]
    }

    /// Reads the certificate again.
    private static func reload(_ credentials: TLSCredentials?, _ logger: Logger) {
        guard let credentials else { return }
        do {
            try credentials.reload()
            logger.notice("TLS: read the certificate again.")
        } catch {
            logger.error("TLS: \(error); the former certificate stays in use.")
        }
    }

    private func announce(_ server: HTTPServer, _ listeners: [HTTPListener]) {
        for (listener, address) in zip(listeners, server.addresses) {
            let scheme = listener.tls == nil ? "http" : "https"
            let name = listener.purpose == .clients ? "gateway" : "administration"
            let target = address.hostAndPort == nil ? "unix:\(address)" : "\(scheme)://\(address)"
            print("\(name) listening on \(target)")
        }
        if let address = server.lineAddress { print("JSON-RPC by lines on \(address)") }
        if let path = rpc.socket { print("JSON-RPC by lines on \(path)") }
        // A script that waits for this line must see it although stdout is no terminal.
        fflush(nil)
    }

    private func transportConfiguration(_ descriptors: DescriptorPlan) -> CurlTransportConfiguration {
        var configuration = CurlTransportConfiguration()
        configuration.userAgent = "workestra-gateway/\(ProductVersion.number)"
        configuration.maximumConnections = descriptors.upstreamConnections
        configuration.maximumConnectionsPerHost = min(
            configuration.maximumConnectionsPerHost,
            descriptors.upstreamConnections
        )
        return configuration
    }
}
