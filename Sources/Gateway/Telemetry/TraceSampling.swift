package import Upstream

/// Decides which requests are traced, and makes the ids of their spans.
package struct TraceSampling: Sendable {
    /// A trace is recorded if the lower 56 bits of its id are below this number.
    private let threshold: UInt64

    /// Makes a sampling by trace ids, so that all programs with the same share decide alike.
    ///
    /// - Parameter share: the share of requests that are traced, from 0 to 1, of those whose callers have not decided.
    package init(share: Double) {
        threshold = UInt64(min(1, max(0, share)) * Double(1 << 56 as UInt64))
    }

    /// The span of a request.
    ///
    /// - Parameters:
    ///   - field: the value of `traceparent`; nil: there is none.
    ///   - state: the value of `tracestate`.
    /// - Returns: its position: below the caller's span, whose decision is followed, or at the beginning of a trace.
    package func begin(field: String?, state: String?) -> SpanPosition {
        if let field, let parent = TraceContext(field: field, state: state) { return SpanPosition(below: parent) }
        let root = TraceContext.root { $0 & (1 << 56 - 1) < threshold }
        return SpanPosition(context: root, parentID: nil)
    }
}
