internal import Upstream

extension Caller {
    /// Sets the span of the request.
    package mutating func setTrace(_ trace: RequestTrace?) { self.trace = trace?.span.context }

    /// Passes a client's trace on as it is, where the gateway records none.
    package mutating func forwardTrace(field: String, state: String?) {
        trace = TraceContext(field: field, state: state)
        trace?.isForwarded = true
    }

    /// The span of an operation, if spans of the request are recorded.
    ///
    /// - Parameter isOnly: whether the request has no other operation.
    /// - Returns: its place in the trace.
    func operationSpan(isOnly: Bool) -> SpanPosition? {
        guard let trace, trace.isSampled, !trace.isForwarded else { return nil }
        // A message is no request with a span of its own.
        guard isMessage else { return SpanPosition(below: trace) }
        return SpanPosition(context: isOnly ? trace : trace.child(), parentID: nil)
    }

    /// Makes it the caller of one message of a connection, which has a trace of its own.
    package mutating func becomeMessage() {
        isMessage = true
        notes = nil
        trace = nil
    }

    /// The caller of a message, in a trace of its own.
    func traced(by tracing: TraceSampling?) -> Caller {
        guard isMessage, trace == nil, let tracing else { return self }
        var caller = self
        caller.trace = tracing.begin(field: nil, state: nil).context
        return caller
    }
}
