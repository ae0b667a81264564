/// A string that equals only strings of the same bytes, whereas Swift's strings equal other encodings of the same characters.
package struct ExactString: Hashable, Sendable {
    /// The string itself.
    package let string: String

    /// Wraps a string.
    package init(_ string: String) {
        self.string = string
    }

    /// Compares the bytes.
    package static func == (left: ExactString, right: ExactString) -> Bool {
        let left = left.string.utf8
        let right = right.string.utf8
        return left.span.hasSameBytes(as: right.span)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        let utf8 = string.utf8
        let span = utf8.span
        // SAFETY: the hasher reads the bytes only during the call.
        unsafe span.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        // No string has this byte, so that two consecutive strings do not hash like another division of the same bytes.
        hasher.combine(0xFF as UInt8)
    }
}
