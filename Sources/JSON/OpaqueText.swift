/// A text that is only compared, byte by byte: a key, a credential, a cursor.
///
/// `String` takes canonically equivalent texts for equal, such as `é` as one scalar and as two; to an upstream they are
/// two keys. https://www.unicode.org/reports/tr15/
package struct OpaqueText: Sendable, Hashable, CustomStringConvertible {
    /// The text as it was given.
    package let text: String

    package init(_ text: some StringProtocol) {
        var text = String(text)
        // Comparing and hashing read the bytes where they are.
        text.makeContiguousUTF8()
        self.text = text
    }

    package var description: String { text }

    package static func == (left: OpaqueText, right: OpaqueText) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { bytes in unsafe hasher.combine(bytes: UnsafeRawBufferPointer(bytes)) }
    }
}

extension String {
    /// Whether two texts are the same byte by byte, and not only canonically equivalent.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
