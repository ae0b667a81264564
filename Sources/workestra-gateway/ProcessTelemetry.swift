internal import CoreMetrics
internal import Gateway
internal import GatewayServer
internal import Logging
internal import Observability
internal import Upstream

/// The telemetry of the process: log lines, metrics and traces.
final class ProcessTelemetry: Sendable {
    /// The log of the process.
    let logger: Logger
    /// The observers' options.
    let options: TelemetryOptions
    /// The metrics at `/metrics`; nil: no such path.
    let exposition: MetricsRegistry?
    private let sink = StandardErrorSink()
    private let registry = MetricsRegistry()
    private let accessLog: AccessLog?
    private let exporter: OTLPExporter?

    /// Sets up the telemetry that the options ask for.
    init(_ logs: LogOptions, _ monitoring: MonitoringOptions) {
        logger = logs.logger("gateway", sink: sink)
        accessLog = logs.accessLog(sink: sink)
        exposition = monitoring.metrics ? registry : nil
        var options = TelemetryOptions()
        if logs.slowOperationMilliseconds > 0 {
            options.slowOperation = .milliseconds(logs.slowOperationMilliseconds)
        }
        exporter = monitoring.otlpEndpoint.map { [registry, logger] in
            OTLPExporter(endpoint: $0, registry: registry, logger: logger)
        }
        if exporter != nil { options.tracing = TraceSampling(share: monitoring.traceSampling) }
        self.options = options
    }

    /// Returns the observers of the gateway besides its log.
    ///
    /// - Parameter transport: the transport that sends traces.
    /// - Returns: the observers that the options ask for.
    func observers(_ transport: any Transport) -> [any GatewayObserver] {
        var observers: [any GatewayObserver] = []
        if let exposition {
            MetricsSystem.bootstrap(registry)
            observers.append(MetricsObserver(exposition))
        }
        if let accessLog { observers.append(accessLog) }
        if let exporter {
            exporter.start(transport)
            observers.append(TraceObserver(GatewayTracer(exporter)))
        }
        return observers
    }

    /// Adds metrics of the server's connections and of the service that it serves at the time.
    func show(_ gateway: RunningGateway, _ server: HTTPServer) {
        GatewayGauges.register(
            in: registry,
            version: ProductVersion.number,
            connections: { [weak server] in server?.connectionCount ?? 0 },
            droppedLogLines: { [sink] in sink.droppedLines },
            status: { [weak gateway] in gateway?.status }
        )
    }

    /// Sends the spans that are left.
    func flush() async {
        await exporter?.stop()
    }
}
