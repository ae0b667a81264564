/// The context of a request in a distributed trace, as programs pass it on to each other.
///
/// https://www.w3.org/TR/trace-context/
package struct TraceContext: Sendable, Hashable {
    /// The upper half of the trace's id.
    package let traceHigh: UInt64
    /// The lower half of the trace's id.
    package let traceLow: UInt64
    /// The id of the span.
    package let spanID: UInt64
    /// Whether the spans of the trace are recorded.
    package let isSampled: Bool
    /// Whether the lower seven bytes of the trace's id are random, as a program before this one states.
    ///
    /// https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
    package var isRandom = false
    /// The vendor-specific state (`tracestate`), as it was received; nil: none.
    package let state: String?
    /// Whether the gateway records no spans of its own, so that the context is passed on unchanged.
    package var isForwarded = false

    /// The header field with the ids of trace and span.
    package static let fieldName = "traceparent"
    /// The header field with the vendor-specific state.
    package static let stateFieldName = "tracestate"
    /// The bytes of the longest `tracestate` that is passed on: https://www.w3.org/TR/trace-context/#tracestate-limits.
    private static let maximumStateLength = 512

    /// Makes the context of a span.
    package init(traceHigh: UInt64, traceLow: UInt64, spanID: UInt64, isSampled: Bool, state: String? = nil) {
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.spanID = spanID
        self.isSampled = isSampled
        self.state = state
    }

    /// Begins a trace.
    ///
    /// - Parameter isSampled: whether its spans are recorded, given the lower half of its id.
    /// - Returns: the context of its first span.
    package static func root(isSampled: (UInt64) -> Bool) -> TraceContext {
        let low = TraceIDs.next()
        return TraceContext(
            traceHigh: TraceIDs.next(),
            traceLow: low,
            spanID: TraceIDs.next(),
            isSampled: isSampled(low)
        )
    }

    /// The context of a new span below this one.
    package func child() -> TraceContext {
        guard !isForwarded else { return self }
        var child = TraceContext(
            traceHigh: traceHigh,
            traceLow: traceLow,
            spanID: TraceIDs.next(),
            isSampled: isSampled,
            state: state
        )
        child.isRandom = isRandom
        return child
    }

    // MARK: - Header fields

    /// Reads the values of `traceparent` and `tracestate`; nil if the former is not valid.
    package init?(field: String, state: String?) {
        let bytes = Array(field.utf8.prefix(64))
        guard bytes.count >= 55, bytes[2] == Self.dash, bytes[35] == Self.dash, bytes[52] == Self.dash,
            let version = Self.number(bytes[0..<2]), version != 0xFF, bytes.count == 55 || version > 0,
            bytes.count == 55 || bytes[55] == Self.dash,
            let high = Self.number(bytes[3..<19]), let low = Self.number(bytes[19..<35]),
            let span = Self.number(bytes[36..<52]), let flags = Self.number(bytes[53..<55]),
            high | low != 0, span != 0
        else { return nil }
        self.init(
            traceHigh: high,
            traceLow: low,
            spanID: span,
            isSampled: flags & 1 == 1,
            state: state.flatMap { Self.isForwardable($0) ? $0 : nil }
        )
        isRandom = flags & 2 == 2
    }

    /// The value of `traceparent`.
    package var field: String {
        "00-\(traceID)-\(Self.digits(spanID))-0\((isSampled ? 1 : 0) + (isRandom ? 2 : 0))"
    }

    /// The header fields that pass the context on.
    package var fields: [(name: String, value: String)] {
        let parent = [(name: Self.fieldName, value: field)]
        return state.map { parent + [(name: Self.stateFieldName, value: $0)] } ?? parent
    }

    /// The trace's id in 32 hexadecimal digits.
    package var traceID: String { Self.digits(traceHigh) + Self.digits(traceLow) }

    /// The bytes of the trace's id.
    package var traceBytes: [UInt8] { Self.bytes(traceHigh) + Self.bytes(traceLow) }

    /// The bytes of the span's id.
    package var spanBytes: [UInt8] { Self.bytes(spanID) }

    /// The bytes of an id, the most significant first.
    package static func bytes(_ id: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: id >> (56 - 8 * $0)) }
    }

    private static let dash = UInt8(ascii: "-")

    /// An id in 16 hexadecimal digits.
    package static func digits(_ id: UInt64) -> String {
        let digits = String(id, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    /// The number that lower-case hexadecimal digits state; nil for other digits, which are not allowed.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }

    /// Whether a list is valid in a header field, and is not too long.
    private static func isForwardable(_ state: String) -> Bool {
        (1...maximumStateLength).contains(state.utf8.count)
            && state.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
    }
}
