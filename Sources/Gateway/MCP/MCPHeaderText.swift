internal import BaseEncodings

/// Decodes texts in header fields: texts with other characters than visible ASCII are sent as Base64 with a prefix and a suffix.
enum MCPHeaderText {
    private static let prefix = "=?base64?"
    private static let suffix = "?="

    /// The text of a field's value; nil if it is marked as Base64 and is not valid.
    static func decode(_ value: String) -> String? {
        guard value.utf8.count >= prefix.utf8.count + suffix.utf8.count, value.hasPrefix(prefix),
            value.hasSuffix(suffix)
        else { return value }
        let encoded = Array(value.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
        guard let bytes = Base64.standard.decode(encoded) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
