/// A message of Protocol Buffers that is being written.
///
/// https://protobuf.dev/programming-guides/encoding/
struct ProtobufMessage {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case variable = 0
        case fixed64 = 1
        case delimited = 2
        case fixed32 = 5
    }

    private mutating func appendVariable(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func appendTag(_ field: UInt64, _ type: WireType) { appendVariable(field << 3 | type.rawValue) }

    /// Appends a varint.
    mutating func append(_ field: UInt64, variable value: UInt64) {
        appendTag(field, .variable)
        appendVariable(value)
    }

    /// Appends a number of eight bytes.
    mutating func append(_ field: UInt64, fixed64 value: UInt64) {
        appendTag(field, .fixed64)
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }

    /// Appends a number of four bytes.
    mutating func append(_ field: UInt64, fixed32 value: UInt32) {
        appendTag(field, .fixed32)
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }

    /// Appends bytes.
    mutating func append(_ field: UInt64, bytes value: [UInt8]) {
        appendTag(field, .delimited)
        appendVariable(UInt64(value.count))
        bytes += value
    }

    /// Appends a string.
    mutating func append(_ field: UInt64, text: String) { append(field, bytes: Array(text.utf8)) }

    /// Appends a nested message.
    mutating func append(_ field: UInt64, _ body: (inout ProtobufMessage) -> Void) {
        var message = ProtobufMessage()
        body(&message)
        append(field, bytes: message.bytes)
    }
}
