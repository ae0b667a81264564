package import Upstream

/// Parses keys from files and variables, without surrounding white space and byte order mark.
package enum KeyText {
    /// The credential of a key; nil: there is none, or it cannot be the value of a header field.
    package static func credential(in text: [UInt8]) -> Credential? {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = text.starts(with: byteOrderMark) ? text.dropFirst(byteOrderMark.count) : text[...]
        guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) })
        else { return nil }
        let key = text[first...last]
        // Other characters could end the header field's value.
        guard key.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        return Credential(key: String(decoding: key, as: UTF8.self))
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
    }
}
