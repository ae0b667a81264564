/// Base 64: bytes as text of 64 digits.
///
/// https://www.rfc-editor.org/rfc/rfc4648#section-4
package struct Base64: Sendable {
    /// With `+` and `/`, and with padding.
    package static let standard = Base64(lastDigits: "+/", isPadded: true)

    /// With `-` and `_`, which need no escapes in URLs, and without padding.
    ///
    /// https://www.rfc-editor.org/rfc/rfc4648#section-5
    package static let url = Base64(lastDigits: "-_", isPadded: false)

    private static let padding = UInt8(ascii: "=")
    /// Marks a byte that is no digit.
    private static let noDigit: UInt8 = 0xFF

    private let digits: [UInt8]
    /// The value of each byte as a digit.
    private let values: [UInt8]
    private let isPadded: Bool

    private init(lastDigits: String, isPadded: Bool) {
        digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(lastDigits)".utf8)
        var values = [UInt8](repeating: Self.noDigit, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        self.values = values
        self.isPadded = isPadded
    }

    /// The text of bytes.
    package func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            bits = (bits << 8 | UInt32(byte)) & 0xFFFF
            count += 8
            while count >= 6 {
                count -= 6
                text.append(digits[Int(bits >> count & 63)])
            }
        }
        if count > 0 { text.append(digits[Int(bits << (6 - count) & 63)]) }
        if isPadded { while !text.count.isMultiple(of: 4) { text.append(Self.padding) } }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text.
    ///
    /// - Returns: nil if this is not the text that `encode` makes of any bytes: a byte is no digit, padding is missing or too much,
    ///   or bits that stand for nothing are set.
    package func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var (bits, count): (UInt32, UInt32) = (0, 0)
        var (bytes, digitCount, paddingCount): ([UInt8], Int, Int) = ([], 0, 0)
        bytes.reserveCapacity(text.count / 4 * 3)
        for byte in text {
            if isPadded, byte == Self.padding {
                paddingCount += 1
                continue
            }
            guard paddingCount == 0, case let value = values[Int(byte)], value != Self.noDigit else { return nil }
            digitCount += 1
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            bits &= 1 << count - 1
        }
        let expectedPadding = isPadded ? (4 - digitCount % 4) % 4 : 0
        return bits == 0 && digitCount % 4 != 1 && paddingCount == expectedPadding ? bytes : nil
    }

    /// Whether a byte is one of the 64 digits.
    package func isDigit(_ byte: UInt8) -> Bool { values[Int(byte)] != Self.noDigit }
}
