extension OutputBuffer {
    /// Appends a string as JSON, quotes included.
    package mutating func appendJSONString(_ string: String) {
        appendJSONString(utf8: string.utf8.span)
    }

    /// Appends UTF-8 bytes as a JSON string, quotes included.
    package mutating func appendJSONString(utf8 bytes: Span<UInt8>) {
        reserve(bytes.count + 2)
        append(UInt8(ascii: "\""))
        var start = 0
        var offset = 0
        while offset < bytes.count {
            if offset + 8 <= bytes.count {
                let stops = ByteWord.specials(in: bytes.word(at: offset))
                if stops == 0 {
                    offset += 8
                    continue
                }
                offset += stops.trailingZeroBitCount >> 3
            }
            let byte = bytes[offset]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                append(contentsOf: bytes.extracting(start..<offset))
                appendEscape(of: byte)
                start = offset + 1
            }
            offset += 1
        }
        append(contentsOf: bytes.extracting(start..<bytes.count))
        append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(of byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x08: append("\\b")
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0C: append("\\f")
        case 0x0D: append("\\r")
        default:
            append("\\u00")
            append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            let low = byte & 0xF
            append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
        }
    }

    /// Appends an integer in decimal.
    package mutating func append(integer value: Int) {
        // Twenty digits hold any 64-bit magnitude.
        reserve(20)
        var magnitude = value.magnitude
        if value < 0 { append(UInt8(ascii: "-")) }
        let start = used
        repeat {
            let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
            append(UInt8(ascii: "0") + UInt8(remainder))
            magnitude = quotient
        } while magnitude > 0
        reverseBytes(from: start)
    }

    /// Appends a double as `JSON.stringify` does: the shortest form, and `null` for infinities and NaN.
    package mutating func append(double value: Double) {
        guard value.isFinite else {
            append("null")
            return
        }
        append(utf8Of: DecimalText.shortest(for: value))
    }

    private mutating func reverseBytes(from start: Int) {
        // SAFETY: both ends lie within the bytes in use.
        var digits = unsafe UnsafeMutableRawBufferPointer(start: memory + start, count: used - start)
        unsafe digits.reverse()
    }
}
