internal import Upstream

/// The position of an HTTP request in a trace.
package struct RequestTrace: Sendable {
    let span: SpanPosition

    /// The header field with the client's span, `traceparent`.
    package static let fieldName = TraceContext.fieldName
    /// The header field with further data of tracing systems, `tracestate`.
    package static let stateFieldName = TraceContext.stateFieldName

    /// Makes the span of a request that begins.
    ///
    /// - Parameters:
    ///   - sampling: decides whether it is recorded, unless the client has decided.
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
