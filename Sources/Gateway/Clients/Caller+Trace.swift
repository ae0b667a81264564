internal import Upstream

extension Caller {
    /// Sets the span of the request.
    package mutating func setTrace(_ trace: RequestTrace?) { self.trace = trace?.span.context }

    /// Forwards a client's trace context unchanged, where the gateway records no spans.
    package mutating func forwardTrace(field: String, state: String?) {
        trace = TraceContext(field: field, state: state)
        trace?.isForwarded = true
    }

    /// The span of an operation, if spans of the request are recorded.
    ///
    /// - Parameter isOnly: whether the request has no other operation.
    /// - Returns: its position in the trace.
    func operationSpan(isOnly: Bool) -> SpanPosition? {
        guard let trace, trace.isSampled, !trace.isForwarded else { return nil }
        // A message has no span of its own, unlike an HTTP request.
        guard isMessage else { return SpanPosition(below: trace) }
        return SpanPosition(context: isOnly ? trace : trace.child(), parentID: nil)
    }

    /// Makes it the caller of one message of a connection; each message has a trace of its own.
    package mutating func becomeMessage() {
        isMessage = true
        notes = nil
        trace = nil
    }

    /// The caller of a message, with a new trace.
    func traced(by tracing: TraceSampling?) -> Caller {
        guard isMessage, trace == nil, let tracing else { return self }
        var caller = self
        caller.trace = tracing.begin(field: nil, state: nil).context
        return caller
    }
}
