/// A text that is only compared, byte by byte, such as a key, a credential or a cursor.
package struct OpaqueText: Sendable, Hashable, CustomStringConvertible {
    /// The text as it was given.
    package let text: String

    package init(_ text: some StringProtocol) {
        self.text = String(text)
    }

    package var description: String { text }

    package static func == (left: OpaqueText, right: OpaqueText) -> Bool { left.text.hasSameBytes(as: right.text) }

    package func hash(into hasher: inout Hasher) { hasher.combine(ExactString(text)) }
}

extension String {
    /// Whether two texts are equal byte by byte, not only canonically equivalent.
    package func hasSameBytes(as other: String) -> Bool { ExactString(self) == ExactString(other) }
}
