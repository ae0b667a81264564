/// The position of a span in its trace.
package struct SpanPosition: Sendable, Hashable {
    /// The trace and the span itself.
    package let context: TraceContext
    /// The id of the parent span; nil: the span begins the trace.
    package let parentID: UInt64?

    package init(context: TraceContext, parentID: UInt64?) {
        self.context = context
        self.parentID = parentID
    }

    /// Makes a new child span.
    package init(below parent: TraceContext) {
        self.init(context: parent.child(), parentID: parent.spanID)
    }
}
