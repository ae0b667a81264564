internal import BaseEncodings

/// Texts in header fields, where only visible ASCII travels safely: others are sent as Base64 between marks.
enum MCPHeaderText {
    private static let prefix = "=?base64?"
    private static let suffix = "?="

    /// The text that a field's value stands for; nil if it is marked as Base64 and is none.
    static func decode(_ value: String) -> String? {
        guard value.utf8.count >= prefix.utf8.count + suffix.utf8.count, value.hasPrefix(prefix),
            value.hasSuffix(suffix)
        else { return value }
        let encoded = Array(value.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
        guard let bytes = Base64.standard.decode(encoded) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
