internal import Upstream

/// The place of an HTTP request in a trace.
package struct RequestTrace: Sendable {
    let span: SpanPosition

    /// The header field that names the client's span.
    package static let fieldName = TraceContext.fieldName
    /// The header field that carries what tracing systems add.
    package static let stateFieldName = TraceContext.stateFieldName

    /// The span of a request that begins.
    ///
    /// - Parameters:
    ///   - sampling: decides whether it is recorded, if the client does not.
    ///   - field: the value of `traceparent`; nil: there is none.
    ///   - state: the value of `tracestate`.
    package init(_ sampling: TraceSampling, field: String?, state: String?) {
        span = sampling.begin(field: field, state: state)
    }
}

extension ExchangeRecord {
    /// Sets the span.
    package mutating func setTrace(_ trace: RequestTrace?) { self.trace = trace?.span }
}
