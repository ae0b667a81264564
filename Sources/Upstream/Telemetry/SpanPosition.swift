/// Where a span stands in its trace.
package struct SpanPosition: Sendable, Hashable {
    /// The trace and the span itself.
    package let context: TraceContext
    /// The span above it; nil: it begins the trace.
    package let parentID: UInt64?

    package init(context: TraceContext, parentID: UInt64?) {
        self.context = context
        self.parentID = parentID
    }

    /// A new span below another one.
    package init(below parent: TraceContext) {
        self.init(context: parent.child(), parentID: parent.spanID)
    }
}
