import Foundation
import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Logging
import Sandbox
import Testing
import Upstream

@testable import Observability

/// A gateway that is observed in every way, in front of an upstream that is scripted.
enum ObservedGateway {
    /// What was seen.
    struct Seen: Sendable {
        let log: [String]
        let text: String
        let openMetrics: String
        let collector: ScriptedServer
        let upstream: ScriptedServer
    }

    /// Runs requests of many outcomes, and returns what was seen of them.
    static func run(
        policy: AccessLogPolicy = .all,
        upstream respond: @escaping @Sendable (ScriptedRequest) -> ScriptedResponse,
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws -> Seen {
        let collector = try await ScriptedServer.start { _ in .http(body: "") }
        let upstream = try await ScriptedServer.start(response: respond)
        let sink = LineLogHandlerTests.Sink()
        let logger = Logger(label: "gateway") { LineLogHandler(label: $0, format: .json, level: .trace, sink: sink) }
        let registry = MetricsRegistry()
        let exporter = OTLPExporter(endpoint: collector.baseURL, registry: registry, logger: logger)
        let transport = try CurlTransport()
        var options = GatewayUnderTest.Options()
        options.observer = ObserverList([
            LogObserver(logger), MetricsObserver(registry), AccessLog(logger, policy),
            TraceObserver(GatewayTracer(exporter)),
        ])
        options.telemetry.tracing = TraceSampling(share: 1)
        options.telemetry.slowOperation = .zero
        options.server.metrics = registry
        let pages = try await GatewayUnderTest.run(
            schema: try RepositoryFile.schema(),
            upstream: upstream.baseURL,
            options: options
        ) { gateway in
            GatewayGauges.register(
                in: registry,
                version: "1.2.3",
                connections: { gateway.server.connectionCount },
                droppedLogLines: { 0 },
                status: { gateway.service.status }
            )
            try await body(gateway)
            let text = try await gateway.send("GET", "/metrics", headers: [(name: "Accept", value: "text/plain")])
            let open = try await gateway.send(
                "GET",
                "/metrics",
                headers: [(name: "Accept", value: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")]
            )
            return (text.text, open.text)
        }
        await exporter.send(by: transport)
        await transport.shutDown()
        try await upstream.shutdown()
        try await collector.shutdown()
        return Seen(
            log: sink.all,
            text: pages.0,
            openMetrics: pages.1,
            collector: collector,
            upstream: upstream
        )
    }
}
