private import Synchronization
package import Tracing
internal import Upstream

/// A span that is being recorded.
package final class RecordedSpan: Tracing.Span {
    package let context: InstrumentationContext
    private let position: SpanPosition
    private let kind: SpanKind
    private let start: UInt64
    private let state: Mutex<State>
    private let finish: @Sendable (FinishedSpan) -> Void

    private struct State {
        var name: String
        var attributes = SpanAttributes()
        var status: SpanStatus?
        var events: [SpanEvent] = []
        var links: [SpanPosition] = []
        var isEnded = false
    }

    /// Begins a span.
    init(
        _ name: String,
        _ position: SpanPosition,
        kind: SpanKind,
        start: UInt64,
        context: InstrumentationContext,
        finish: @escaping @Sendable (FinishedSpan) -> Void
    ) {
        state = Mutex(State(name: name))
        self.position = position
        self.kind = kind
        self.start = start
        self.context = context
        self.finish = finish
    }

    package var operationName: String {
        get { state.withLock { $0.name } }
        set { state.withLock { $0.name = newValue } }
    }

    package var attributes: SpanAttributes {
        get { state.withLock { $0.attributes } }
        set { state.withLock { $0.attributes = newValue } }
    }

    package var isRecording: Bool { position.context.isSampled && !state.withLock { $0.isEnded } }

    package func setStatus(_ status: SpanStatus) { state.withLock { $0.status = status } }

    package func addEvent(_ event: SpanEvent) { state.withLock { $0.events.append(event) } }

    package func addLink(_ link: SpanLink) {
        guard let position = link.context[SpanPositionKey.self] else { return }
        state.withLock { $0.links.append(position) }
    }

    package func recordError<Instant: TracerInstant>(
        _ error: any Error,
        attributes: SpanAttributes,
        at instant: @autoclosure () -> Instant
    ) {
        var all = attributes
        all["exception.type"] = "\(type(of: error))"
        all["exception.message"] = "\(error)"
        addEvent(SpanEvent(name: "exception", at: instant(), attributes: all))
    }

    package func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {
        let end = instant().nanosecondsSinceEpoch
        let span = state.withLock { state -> FinishedSpan? in
            guard !state.isEnded else { return nil }
            state.isEnded = true
            return FinishedSpan(
                position: position,
                name: state.name,
                kind: kind,
                start: start,
                end: max(start, end),
                attributes: state.attributes,
                status: state.status,
                events: state.events,
                links: state.links
            )
        }
        if let span, position.context.isSampled { finish(span) }
    }
}
