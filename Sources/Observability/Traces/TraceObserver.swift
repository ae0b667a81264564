package import Gateway
internal import Tracing
package import Upstream

/// Records a span for each HTTP request, each operation and each upstream call of a sampled trace.
///
/// Names and attributes are those of OpenTelemetry's semantic conventions: https://opentelemetry.io/docs/specs/semconv/.
/// The text of a document is not an attribute, as it may have confidential values. Names that clients choose are limited in length.
package final class TraceObserver: GatewayObserver {
    private let tracer: GatewayTracer
    private let clock = UnixClock()
    /// The longest name of an operation, in Unicode scalars.
    private static let maximumNameLength = 200
    /// The longest URL of an upstream call, in Unicode scalars: clients choose the ids in it.
    private static let maximumURLLength = 2000

    /// Makes an observer that records spans by a tracer.
    package init(_ tracer: GatewayTracer) {
        self.tracer = tracer
    }

    package func exchangeCompleted(_ record: ExchangeRecord) {
        guard let position = record.trace, position.context.isSampled else { return }
        let method = MetricLabel.method(record.method) == "other" ? "_OTHER" : record.method
        let name = record.route.map { "\(method == "_OTHER" ? "HTTP" : method) \($0)" } ?? method
        span(name, position, .server, from: record.startedAt, for: record.duration) { span in
            span.attributes["http.request.method"] = method
            if let route = record.route {
                span.attributes["http.route"] = route
                span.attributes["url.path"] = route
            }
            span.attributes["http.response.status_code"] = record.status
            span.attributes["http.request.body.size"] = record.requestBytes
            if let bytes = record.responseBytes { span.attributes["http.response.body.size"] = bytes }
            if let address = record.peerAddress { span.attributes["client.address"] = address }
            if let id = record.id { span.attributes["gateway.request.id"] = id }
            if record.status >= 500 { Self.fail(span, "\(record.status)") }
        }
    }

    package func requestCompleted(_ record: RequestRecord) {
        guard let position = record.trace, position.context.isSampled else { return }
        let outcome = record.outcome
        let isRPC = record.interface == .rpc
        let chosen = outcome.name.map { String($0.unicodeScalars.prefix(Self.maximumNameLength)) }
        let method = outcome.errorCodes.contains("METHOD_NOT_FOUND") ? nil : chosen
        let name = isRPC ? method ?? "jsonrpc" : outcome.kind ?? "GraphQL Operation"
        span(name, position, .server, from: record.startedAt, for: record.duration) { span in
            if isRPC {
                span.attributes["rpc.system.name"] = "jsonrpc"
                span.attributes["jsonrpc.protocol.version"] = "2.0"
                if let method { span.attributes["rpc.method"] = method }
            } else {
                if let kind = outcome.kind { span.attributes["graphql.operation.type"] = kind }
                if let chosen { span.attributes["graphql.operation.name"] = chosen }
            }
            span.attributes["gateway.result.origin"] = outcome.origin
            span.attributes["gateway.calls.made"] = outcome.calls.made
            span.attributes["gateway.calls.cached"] = outcome.calls.cached
            span.attributes["gateway.calls.shared"] = outcome.calls.shared
            if let id = record.id { span.attributes["gateway.request.id"] = id.text }
            if let code = outcome.errorCodes.first { Self.fail(span, MetricLabel.code(code)) }
        }
    }

    package func upstreamCallCompleted(_ record: UpstreamCallRecord) {
        guard let position = record.trace, position.context.isSampled else { return }
        span(record.method, position, .client, from: record.startedAt, for: record.duration) { span in
            span.attributes["http.request.method"] = record.method
            // Without the query, as in log lines.
            span.attributes["url.full"] = String(
                (record.baseURL + record.route).unicodeScalars.prefix(Self.maximumURLLength)
            )
            if let server = ServerAddress(ofURL: record.baseURL) {
                span.attributes["server.address"] = server.host
                span.attributes["server.port"] = server.port
            }
            span.attributes["gateway.workspace"] = record.workspace
            switch record.outcome {
            case .response(let status, let bytes):
                span.attributes["http.response.status_code"] = status
                span.attributes["http.response.body.size"] = bytes
                if status >= 400 { Self.fail(span, "\(status)") }
            case .failure(let error):
                Self.fail(span, error.code.description)
            }
        }
    }

    private static func fail(_ span: RecordedSpan, _ type: String) {
        span.attributes["error.type"] = type
        span.setStatus(SpanStatus(code: .error))
    }

    private func span(
        _ name: String,
        _ position: SpanPosition,
        _ kind: SpanKind,
        from start: ContinuousClock.Instant,
        for duration: Duration,
        _ describe: (RecordedSpan) -> Void
    ) {
        var context = InstrumentationContext.topLevel
        context[GatewayTracer.PlannedPositionKey.self] = position
        let span = tracer.startSpan(name, context: context, ofKind: kind, at: clock.time(of: start))
        describe(span)
        span.end(at: clock.time(of: start + duration))
    }
}
