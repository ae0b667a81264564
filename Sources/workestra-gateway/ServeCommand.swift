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

    @Option(help: "The address and port to listen on; port 0 lets the system choose.")
    var listen: ListenAddress = ListenAddress(host: "127.0.0.1", port: 8080)

    @OptionGroup var schema: SchemaFiles

    @OptionGroup var upstreams: UpstreamOptions

    @OptionGroup(title: "Limits") var limits: LimitOptions

    @Option(help: "The seconds that one upstream call may take.")
    var upstreamTimeout: Int = 10

    @OptionGroup(title: "HTTP") var http: HTTPOptions

    @OptionGroup(title: "JSON-RPC") var rpc: RPCOptions

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
        rpc.apply(to: &options, keyFile: configured.keyFiles.rpc)
        let server = try await HTTPServer.start(service: service, listen: listen, options: options)
        let stopped = AsyncStream<Void>.makeStream()
        let manager = ServiceManager()
        SignalWatch.start(
            stop: { stopped.continuation.finish() },
            reload: {
                manager.reloading()
                observer.configurationChanged(refresher.reload())
                manager.ready()
            }
        )
        telemetry.show(service, server)
        announce(server)
        logger.notice("Started.", metadata: startMetadata(server, service))
        manager.ready()
        for await _ in stopped.stream {}
        manager.stopping()
        logger.notice("Shutting down; a second signal ends the process at once.")
        try await server.shutDown()
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

    private func announce(_ server: HTTPServer) {
        print("gateway listening on http://\(server.address)")
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

extension ListenAddress: ExpressibleByArgument {
    /// Reads the argument's text.
    public init?(argument: String) {
        self.init(argument)
    }
}
