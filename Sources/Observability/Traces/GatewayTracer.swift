package import Tracing
internal import Upstream

/// Records spans for an exporter, behind the interface of swift-distributed-tracing.
///
/// A span has the ids that its context states, as the gateway sends the ids of calls upstream before it records their
/// spans; without these it is a new span below the current one.
package struct GatewayTracer: Tracer {
    private let exporter: OTLPExporter

    /// Makes a tracer whose spans an exporter sends.
    package init(_ exporter: OTLPExporter) {
        self.exporter = exporter
    }

    /// The key of the position of a span that begins.
    enum PlannedPositionKey: InstrumentationContextKey {
        typealias Value = SpanPosition
    }

    package func startSpan<Instant: TracerInstant>(
        _ operationName: String,
        context: @autoclosure () -> InstrumentationContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant,
        function: String,
        file fileID: String,
        line: UInt
    ) -> RecordedSpan {
        var context = context()
        let position =
            context[PlannedPositionKey.self]
            ?? context[SpanPositionKey.self].map { SpanPosition(below: $0.context) }
            ?? SpanPosition(context: .root { _ in true }, parentID: nil)
        context[PlannedPositionKey.self] = nil
        context[SpanPositionKey.self] = position
        return RecordedSpan(
            operationName,
            position,
            kind: kind,
            start: instant().nanosecondsSinceEpoch,
            context: context
        ) { [exporter] in exporter.add($0) }
    }

    @available(*, deprecated)
    package func startAnySpan<Instant: TracerInstant>(
        _ operationName: String,
        context: @autoclosure () -> InstrumentationContext,
        ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant,
        function: String,
        file fileID: String,
        line: UInt
    ) -> any Tracing.Span {
        startSpan(
            operationName,
            context: context(),
            ofKind: kind,
            at: instant(),
            function: function,
            file: fileID,
            line: line
        )
    }

    package func forceFlush() {}

    // MARK: - Propagation

    package func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier,
        into context: inout InstrumentationContext,
        using extractor: Extract
    ) where Extract.Carrier == Carrier {
        guard let field = extractor.extract(key: TraceContext.fieldName, from: carrier),
            let trace = TraceContext(
                field: field,
                state: extractor.extract(key: TraceContext.stateFieldName, from: carrier)
            )
        else { return }
        context[SpanPositionKey.self] = SpanPosition(context: trace, parentID: nil)
    }

    package func inject<Carrier, Inject: Injector>(
        _ context: InstrumentationContext,
        into carrier: inout Carrier,
        using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let trace = context[SpanPositionKey.self]?.context else { return }
        for (name, value) in trace.fields { injector.inject(value, forKey: name, into: &carrier) }
    }
}
