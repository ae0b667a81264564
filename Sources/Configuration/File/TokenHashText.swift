internal import BaseEncodings

/// The SHA-256 hash of a token, as a configuration file has it: `sha256:` and 64 hexadecimal digits.
enum TokenHashText {
    private static let prefix = "sha256:"

    /// The 32 bytes of the hash; nil if the text has another form.
    static func bytes(of text: String) -> [UInt8]? {
        guard text.hasPrefix(prefix), let bytes = Hexadecimal.decode(text.utf8.dropFirst(prefix.utf8.count)) else {
            return nil
        }
        return bytes.count == 32 ? bytes : nil
    }
}
