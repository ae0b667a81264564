/// A member's name, prepared once for many searches and for serialization.
@usableFromInline
package struct JSONKey: Sendable {
    /// The digest of the name that a search compares.
    @usableFromInline package let digest: KeyDigest
    @usableFromInline let text: JSONKeyText

    /// Prepares a name.
    package init(_ name: String) {
        text = JSONKeyText(name)
        let utf8 = text.utf8
        digest = KeyDigest(of: utf8.span, in: 0..<utf8.count)
    }

    /// The name.
    @inlinable
    package var name: String { text.name }

    /// A hash of the name, which few other names have.
    package var tag: Int {
        let words = digest.outer.first ^ digest.outer.last &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: words &+ UInt64(digest.count))
    }

    /// The name in UTF-8.
    @inlinable
    package var utf8: [UInt8] { text.utf8 }

    /// The name as a JSON string, quotes included.
    @inlinable
    package var encoded: [UInt8] { text.encoded }
}

extension JSONKey: Hashable {
    /// Compares two names byte by byte.
    @usableFromInline
    package static func == (left: JSONKey, right: JSONKey) -> Bool {
        left.digest == right.digest && left.utf8 == right.utf8
    }

    /// Hashes the name's bytes.
    @usableFromInline
    package func hash(into hasher: inout Hasher) {
        hasher.combine(utf8)
    }
}

extension JSONKey: ExpressibleByStringLiteral {
    /// Prepares a name.
    @usableFromInline
    package init(stringLiteral value: String) {
        self.init(value)
    }
}
