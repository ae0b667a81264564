package import Upstream

/// Decides which requests are traced, and gives their spans their ids.
package struct TraceSampling: Sendable {
    /// Traces of which the lower 56 bits of the id are below it are recorded.
    private let threshold: UInt64

    /// Makes a decision by the trace's id, so that all programs with the same share decide alike.
    ///
    /// - Parameter share: which part of the requests without a decision of their callers is traced, from 0 to 1.
    package init(share: Double) {
        threshold = UInt64(min(1, max(0, share)) * Double(1 << 56 as UInt64))
    }

    /// The span of a request.
    ///
    /// - Parameters:
    ///   - field: the value of `traceparent`; nil: there is none.
    ///   - state: the value of `tracestate`.
    /// - Returns: its place: below the caller's span, whose decision is followed, or at the beginning of a trace.
    package func begin(field: String?, state: String?) -> SpanPosition {
        if let field, let parent = TraceContext(field: field, state: state) { return SpanPosition(below: parent) }
        let root = TraceContext.root { $0 & (1 << 56 - 1) < threshold }
        return SpanPosition(context: root, parentID: nil)
    }
}
