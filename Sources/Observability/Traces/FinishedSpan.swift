internal import Tracing
internal import Upstream

/// A span that has ended, as it is exported.
struct FinishedSpan: Sendable {
    let position: SpanPosition
    let name: String
    let kind: SpanKind
    let start: UInt64
    let end: UInt64
    let attributes: SpanAttributes
    let status: SpanStatus?
    let events: [SpanEvent]
    let links: [SpanPosition]
}
