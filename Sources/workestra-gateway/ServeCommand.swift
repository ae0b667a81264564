internal import ArgumentParser
internal import Configuration
internal import FoundationEssentials
internal import Gateway
internal import GatewayServer
internal import Glibc
internal import GraphQL
internal import JSONWebTokens
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

    @OptionGroup(title: "Connections to upstreams") var connections: UpstreamConnectionOptions

    @OptionGroup(title: "HTTP") var http: HTTPOptions

    @OptionGroup(title: "JSON-RPC") var rpc: RPCOptions

    @OptionGroup(title: "Model Context Protocol") var models: MCPOptions

    @OptionGroup(title: "Pages for browsers") var pages: PageOptions

    @OptionGroup(title: "Logs") var logs: LogOptions

    @OptionGroup(title: "Metrics and traces") var monitoring: MonitoringOptions

    @Option(help: "The number of event loops; one for each core if not given.")
    var threads: Int?

    func validate() throws {
        try OptionBound.checkPositive(["upstream-timeout": upstreamTimeout, "threads": threads])
        try OptionBound.check(["upstream-timeout": upstreamTimeout], atMost: OptionBound.seconds)
        try OptionBound.check(["threads": threads], atMost: OptionBound.threads)
    }

    func run(with configuration: LayeredConfiguration) async throws {
        SignalWatch.ignoreHangUp()
        HeapTuning.apply()
        let telemetry = ProcessTelemetry(logs, monitoring)
        let descriptors = try descriptorPlan()
        await ProcessResources.warmUp()
        let refresher = KeyFileRefresher()
        let transport = try CurlTransport(configuration: transportConfiguration(descriptors))
        let spending =
            listening.adminListen != nil || configuration.file?.hasAdministrators == true ? SpendingLog() : nil
        let observer = ObserverList(
            [LogObserver(telemetry.logger), refresher] + (spending.map { [$0] } ?? []) + telemetry.observers(transport)
        )
        var reader = ConfigurationReader(transport: transport, observer: observer, telemetry: telemetry.options)
        // Other observers request callers' names by themselves.
        reader.telemetry.namesCallers = spending != nil
        reader.log = { [logger = telemetry.logger] in logger.warning("\($0)") }
        let checked = try reader.read(ConfigurationInput(self, configuration))
        await checked.issuerKeys?.keys.load()
        try await probe(checked.service, transport, telemetry.logger)
        let socketKey = SocketKey(checked.keyFiles.rpc)
        let assemble: ConfigurationReload.Assemble = { $0.gateway($1, $2, descriptors, telemetry) }
        var parts = assemble(self, configuration.file, checked)
        parts.server.lineSockets.currentCaller = { socketKey.caller }
        parts.server.listeners = listening.listeners(checked.credentials)
        parts.server.pages = checked.pages
        parts.server.spending = spending
        let gateway = buildGateway(parts)
        let server = try await gateway.start()
        let reload = ConfigurationReload(
            configuration,
            checked,
            gateway,
            reader: reader,
            refresher: refresher,
            socketKey: socketKey,
            logger: telemetry.logger,
            assemble: assemble
        )
        let manager = ServiceManager()
        let signals = stopSignals {
            manager.reloading()
            let keys = refresher.reload()
            observer.configurationChanged(reload.run() ? keys : .refused)
            manager.ready()
        }
        telemetry.show(gateway.running, server)
        announce(server, parts.server.listeners)
        telemetry.logger.notice("Started.", metadata: startMetadata(server, gateway.service))
        manager.ready()
        let isInterrupt = await signals.first { _ in true } ?? false
        manager.stopping()
        try await shutDown(server, transport, telemetry, isInterrupt: isInterrupt)
    }

    private func descriptorPlan() throws -> DescriptorPlan {
        DescriptorPlan(
            descriptors: try ProcessResources.raiseDescriptorLimit(),
            eventLoops: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            clientConnections: http.maximumConnections
        )
    }

    /// Watches for signals from now on.
    ///
    /// - Parameter reload: runs at each SIGHUP.
    /// - Returns: an element for each signal to stop, which is true for SIGINT.
    private func stopSignals(reload: @escaping @Sendable () -> Void) -> AsyncStream<Bool> {
        let (stream, continuation) = AsyncStream<Bool>.makeStream()
        SignalWatch.start(stop: { continuation.yield($0) }, reload: reload)
        return stream
    }

    /// Serves requests for the drain delay, then ends all connections.
    private func shutDown(
        _ server: HTTPServer,
        _ transport: CurlTransport,
        _ telemetry: ProcessTelemetry,
        isInterrupt: Bool
    ) async throws {
        let delay = isInterrupt ? 0 : listening.drainDelay
        telemetry.logger.notice(
            "Shutting down; requests are served for \(delay) more seconds; a second signal ends the process at once."
        )
        try await server.shutDown(delays: !isInterrupt) {
            await telemetry.flush()
            await transport.shutDown()
        }
        telemetry.logger.notice("Stopped.")
    }

    private func startMetadata(_ server: HTTPServer, _ service: GatewayService) -> Logger.Metadata {
        [
            "version": "\(ProductVersion.text)",
            "address": "\(server.addresses.map(\.description).joined(separator: ","))",
            "workspaces": "\(service.status.workspaces.map(\.slug).joined(separator: ","))",
            "configuredKeys": .stringConvertible(service.hasConfiguredKeys),
        ]
    }

    /// Probes each workspace with one call and logs the results; waits for them only if the gateway must not start otherwise.
    private func probe(_ service: ServiceConfiguration, _ transport: CurlTransport, _ logger: Logger) async throws {
        let probe = UpstreamProbe(service)
        let run: @Sendable () async -> Bool = {
            let findings = await probe.run()
            for finding in findings {
                let line: Logger.Message = "Workspace \"\(finding.slug)\": \(finding.result.message)"
                logger.log(level: finding.result.works ? .info : .warning, line)
            }
            return findings.allSatisfy(\.result.works)
        }
        guard upstreams.requireUpstream else {
            Task { _ = await run() }
            return
        }
        guard await run() else {
            await transport.shutDown()
            throw ValidationError(
                "A workspace does not work, as logged; without --require-upstream the gateway starts."
            )
        }
    }

    /// Returns the configuration of the gateway.
    private func gateway(
        _ file: ConfigurationFile?,
        _ checked: CheckedConfiguration,
        _ descriptors: DescriptorPlan,
        _ telemetry: ProcessTelemetry
    ) -> GatewayConfiguration {
        var options = http.server(threads: threads, descriptors: descriptors)
        options.limits.memoryWasReleased = { HeapTuning.trim() }
        options.limits.log = { [logger = telemetry.logger] in logger.warning("\($0)") }
        options.metrics = telemetry.exposition
        options.profiler = CPUProfiler()
        options.operationTools = checked.operationTools
        options.webhooks = checked.webhooks
        options.publicURL = upstreams.publicURL
        if let issuer = file?.tokenIssuer, let publicURL = upstreams.publicURL {
            let (name, scopes) = (issuer.issuer, issuer.scopes)
            options.protectedResource = ProtectedResource(publicURL: publicURL, issuer: name, scopes: scopes)
        }
        rpc.apply(to: &options)
        listening.apply(to: &options)
        return GatewayConfiguration(service: checked.service, server: options)
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
        // stdout may not be a terminal, so the line is flushed for a script that waits for it.
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
        configuration.executorForLongContent = LongWorkExecutor.shared
        return configuration
    }
}
