internal import Tracing
internal import Upstream

/// The key of a span's position in a context.
enum SpanPositionKey: InstrumentationContextKey {
    typealias Value = SpanPosition

    static var nameOverride: String? { "gateway-span" }
}
