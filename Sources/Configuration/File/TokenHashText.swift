internal import BaseEncodings

/// Parses the SHA-256 hash of a token, as it is written in the file.
enum TokenHashText {
    private static let prefix = "sha256:"

    /// The 32 bytes of the hash; nil: the text is not valid.
    static func bytes(of text: String) -> [UInt8]? {
        guard text.hasPrefix(prefix), let bytes = Hexadecimal.decode(text.utf8.dropFirst(prefix.utf8.count)) else {
            return nil
        }
        return bytes.count == 32 ? bytes : nil
    }
}
