internal import BaseEncodings

/// Decodes percent-encoded parts of URIs.
///
/// https://www.rfc-editor.org/rfc/rfc3986#section-2.1
package enum PercentEncoding {
    /// Decodes a part of a URI.
    ///
    /// - Parameters:
    ///   - text: the part.
    ///   - plusIsSpace: whether a plus sign means a space, as it does in forms.
    /// - Returns: nil if a percent sign is not followed by two hexadecimal digits, or if the bytes are not valid UTF-8.
    package static func decode(_ text: Substring, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(Hexadecimal.value),
                    let low = rest.next().flatMap(Hexadecimal.value)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
