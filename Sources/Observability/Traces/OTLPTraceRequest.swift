internal import Tracing
internal import Upstream

/// Encodes the requests that send spans to a collector.
///
/// https://github.com/open-telemetry/opentelemetry-proto/blob/v1.5.0/opentelemetry/proto/trace/v1/trace.proto
enum OTLPTraceRequest {
    /// The body of a request with spans.
    ///
    /// - Parameters:
    ///   - spans: the spans.
    ///   - version: the version of the program.
    /// - Returns: the message.
    static func bytes(_ spans: [FinishedSpan], version: String) -> [UInt8] {
        var request = ProtobufMessage()
        request.append(1) { resourceSpans in
            resourceSpans.append(1) { resource in
                append(1, "service.name", "workestra-gateway", to: &resource)
                append(1, "service.version", version, to: &resource)
                append(1, "telemetry.sdk.language", "swift", to: &resource)
            }
            resourceSpans.append(2) { scopeSpans in
                scopeSpans.append(1) { scope in
                    scope.append(1, text: "workestra-gateway")
                    scope.append(2, text: version)
                }
                for span in spans { scopeSpans.append(2) { append(span, to: &$0) } }
            }
        }
        return request.bytes
    }

    private static func append(_ span: FinishedSpan, to message: inout ProtobufMessage) {
        let context = span.position.context
        message.append(1, bytes: context.traceBytes)
        message.append(2, bytes: context.spanBytes)
        if let state = context.state { message.append(3, text: state) }
        if let parent = span.position.parentID { message.append(4, bytes: TraceContext.bytes(parent)) }
        message.append(5, text: span.name)
        message.append(6, variable: number(of: span.kind))
        message.append(7, fixed64: span.start)
        message.append(8, fixed64: span.end)
        append(span.attributes, 9, to: &message)
        for event in span.events {
            message.append(11) { message in
                message.append(1, fixed64: event.nanosecondsSinceEpoch)
                message.append(2, text: event.name)
                append(event.attributes, 3, to: &message)
            }
        }
        for link in span.links {
            message.append(13) { message in
                message.append(1, bytes: link.context.traceBytes)
                message.append(2, bytes: link.context.spanBytes)
            }
        }
        if let status = span.status {
            message.append(15) { message in
                if let text = status.message { message.append(2, text: text) }
                message.append(3, variable: status.code == .ok ? 1 : 2)
            }
        }
        message.append(16, fixed32: context.isSampled ? 1 : 0)
    }

    private static func number(of kind: SpanKind) -> UInt64 {
        switch kind {
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        default: 1
        }
    }

    // MARK: - Attributes

    private static func append(_ field: UInt64, _ key: String, _ text: String, to message: inout ProtobufMessage) {
        append(key, .string(text), field, to: &message)
    }

    private static func append(_ attributes: SpanAttributes, _ field: UInt64, to message: inout ProtobufMessage) {
        var all: [(String, SpanAttribute)] = []
        let collect = { (key: String, value: SpanAttribute) in all.append((key, value)) }
        attributes.forEach(collect)
        for (key, value) in all.sorted(by: { $0.0 < $1.0 }) { append(key, value, field, to: &message) }
    }

    private static func append(
        _ key: String,
        _ value: SpanAttribute,
        _ field: UInt64,
        to message: inout ProtobufMessage
    ) {
        message.append(field) { pair in
            pair.append(1, text: key)
            pair.append(2) { any in
                switch value {
                case .bool(let flag): any.append(2, variable: flag ? 1 : 0)
                case .int32(let number): any.append(3, variable: UInt64(bitPattern: Int64(number)))
                case .int64(let number): any.append(3, variable: UInt64(bitPattern: number))
                case .double(let number): any.append(4, fixed64: number.bitPattern)
                case .string(let text): any.append(1, text: text)
                case .stringConvertible(let text): any.append(1, text: "\(text)")
                default: any.append(1, text: "\(value)")
                }
            }
        }
    }
}
