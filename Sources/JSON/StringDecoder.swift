/// Decodes the text of JSON strings that the parser has accepted.
enum StringDecoder {
    /// The value of a hexadecimal digit; nil for other bytes.
    static func hexDigitValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The length of the UTF-8 sequence of two to four bytes at an offset, or zero if there is no valid one.
    static func scalarLength(_ text: Span<UInt8>, at offset: Int) -> Int {
        let lead = text[offset]
        // The bounds of the second byte exclude overlong forms, surrogates and numbers above U+10FFFF.
        let (length, second): (Int, ClosedRange<UInt8>)
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard offset + length <= text.count, second.contains(text[offset + 1]) else { return 0 }
        var index = 2
        while index < length {
            guard text[offset + index] & 0xC0 == 0x80 else { return 0 }
            index += 1
        }
        return length
    }

    /// Decodes the text between a string's quotes.
    ///
    /// A surrogate without its pair becomes U+FFFD, or else three bytes that are no UTF-8.
    static func decode(_ text: Span<UInt8>, in range: Range<Int>, keepsSurrogates: Bool = false) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(range.count)
        var offset = range.lowerBound
        while offset < range.upperBound {
            // PERF: the bytes between two escapes are copied at once.
            let escape = text.firstIndex(of: UInt8(ascii: "\\"), in: offset..<range.upperBound) ?? range.upperBound
            unsafe text.extracting(offset..<escape).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
            guard escape < range.upperBound else { break }
            offset = escape + 2
            guard offset <= range.upperBound else {
                output.append(UInt8(ascii: "\\"))
                break
            }
            switch text[offset - 1] {
            case UInt8(ascii: "b"): output.append(0x08)
            case UInt8(ascii: "f"): output.append(0x0C)
            case UInt8(ascii: "n"): output.append(0x0A)
            case UInt8(ascii: "r"): output.append(0x0D)
            case UInt8(ascii: "t"): output.append(0x09)
            case UInt8(ascii: "u"):
                let value = decodeCodePoint(text, at: &offset, end: range.upperBound)
                if let scalar = Unicode.Scalar(value) {
                    output.append(contentsOf: scalar.utf8)
                } else if keepsSurrogates {
                    output.append(contentsOf: threeBytes(of: value))
                } else {
                    output.append(contentsOf: Unicode.Scalar("\u{FFFD}").utf8)
                }
            case let other: output.append(other)
            }
        }
        return output
    }

    /// Decodes the digits after `\u`, and a second escape if the two are a surrogate pair.
    private static func decodeCodePoint(_ text: Span<UInt8>, at offset: inout Int, end: Int) -> UInt32 {
        let first = codeUnit(text, at: offset)
        offset += 4
        guard 0xD800..<0xDC00 ~= first, offset + 6 <= end, text[offset] == UInt8(ascii: "\\"),
            text[offset + 1] == UInt8(ascii: "u")
        else { return first }
        let second = codeUnit(text, at: offset + 2)
        guard 0xDC00...0xDFFF ~= second else { return first }
        offset += 6
        return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }

    /// A surrogate in the three bytes that UTF-8 would use if it allowed surrogates.
    private static func threeBytes(of surrogate: UInt32) -> [UInt8] {
        [0xE0 | surrogate >> 12, 0x80 | surrogate >> 6 & 0x3F, 0x80 | surrogate & 0x3F].map(UInt8.init)
    }

    private static func codeUnit(_ text: Span<UInt8>, at offset: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in offset..<offset + 4 {
            value = value << 4 | (hexDigitValue(text[index]) ?? 0)
        }
        return value
    }
}
