/// Parses numbers in text like JavaScript's `Number()`, which graphql-js applies to results.
///
/// https://tc39.es/ecma262/#sec-tonumber-applied-to-the-string-type
enum NumericText {
    /// The number of a text; nil if it is not a number.
    static func number(_ text: String) -> Double? {
        let scalars = Array(text.unicodeScalars)
        guard let start = scalars.firstIndex(where: { !isSpace($0) }),
            let end = scalars.lastIndex(where: { !isSpace($0) })
        else { return 0 }
        let trimmed = scalars[start...end]
        guard trimmed.allSatisfy(\.isASCII) else { return nil }
        let bytes = trimmed.map { UInt8(truncatingIfNeeded: $0.value) }
        if bytes.count > 2, bytes[0] == UInt8(ascii: "0"), let radix = radix(bytes[1]) {
            return integer(bytes[2...], radix: radix)
        }
        return isDecimal(bytes) ? Double(String(decoding: bytes, as: UTF8.self)) : nil
    }

    private static func radix(_ letter: UInt8) -> Double? {
        switch letter | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private static func integer(_ digits: ArraySlice<UInt8>, radix: Double) -> Double? {
        var value = 0.0
        for byte in digits {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, Double(digit) < radix else { return nil }
            value = value * radix + Double(digit)
        }
        return value
    }

    /// Whether a text is an optional sign, digits with an optional point, and an optional exponent; or `Infinity`.
    private static func isDecimal(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest.removeFirst() }
        if rest.elementsEqual("Infinity".utf8) { return true }
        var digits = removeDigits(from: &rest)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            digits += removeDigits(from: &rest)
        }
        guard digits > 0 else { return false }
        guard let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") else { return rest.isEmpty }
        rest.removeFirst()
        if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest.removeFirst() }
        return removeDigits(from: &rest) > 0 && rest.isEmpty
    }

    private static func removeDigits(from rest: inout ArraySlice<UInt8>) -> Int {
        let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        rest.removeFirst(digits.count)
        return digits.count
    }

    /// White space and line terminators of JavaScript.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0xA0, 0xFEFF, 0x2028, 0x2029: true
        default: scalar.properties.generalCategory == .spaceSeparator
        }
    }
}
