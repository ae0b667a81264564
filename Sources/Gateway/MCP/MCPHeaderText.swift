/// Texts in header fields, where only visible ASCII travels safely: others are sent as Base64 between marks.
enum MCPHeaderText {
    private static let prefix = "=?base64?"
    private static let suffix = "?="
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text that a field's value stands for; nil if it is marked as Base64 and is none.
    static func decode(_ value: String) -> String? {
        guard value.utf8.count >= prefix.utf8.count + suffix.utf8.count, value.hasPrefix(prefix),
            value.hasSuffix(suffix)
        else { return value }
        let encoded = Array(value.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
        guard let bytes = bytes(of: encoded) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The bytes of Base64 with padding; nil if it is none.
    private static func bytes(of text: [UInt8]) -> [UInt8]? {
        let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard text.count % 4 == 0, padding <= 2 else { return nil }
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for digit in text.dropLast(padding) {
            guard let value = digits.firstIndex(of: digit) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= 1 << count - 1
            }
        }
        return bits == 0 ? bytes : nil
    }
}
