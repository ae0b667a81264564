/// One entry of a document's tape: the position of a value's text, and bits of its key if it is a member.
///
/// The tape is in pre-order; an object's or array's values follow it. The entry of an object or array is followed by one
/// more, whose `start` is the index of the entry after the whole subtree; see `JSONDocument.next(after:)`.
// PERF: twelve bytes, and one entry for a member with its key: cached documents consist mostly of entries and text.
@usableFromInline
package struct JSONNode: Sendable, Hashable {
    /// The kind of the node's text.
    @usableFromInline
    package enum Kind: UInt8, Sendable {
        /// The literal `null`.
        case null
        /// The literal `false`.
        case `false`
        /// The literal `true`.
        case `true`
        /// A number without a fraction or an exponent.
        case integer
        /// A number with a fraction, an exponent or both.
        case number
        /// A string.
        case string
        /// An array.
        case array
        /// An object.
        case object
        /// A link to another node of the same document, with the text `null`; only built documents have links.
        case link
        /// A reference to a node of another document, known to the builder's caller, with the text `null`.
        case reference
    }

    /// Properties of a node besides its kind, in the upper four bits of a byte.
    @usableFromInline
    package struct Flags: OptionSet, Sendable, Hashable {
        /// The set as bits.
        @usableFromInline package let rawValue: UInt8

        /// Makes a set from its bits.
        @inlinable
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The string's text has a backslash, so that it must be decoded before it is compared.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var escaped: Flags { Flags(rawValue: 1 << 4) }
        /// The value is an object's member: its key precedes it in the text.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var member: Flags { Flags(rawValue: 1 << 5) }
        /// The object may have repeated keys: the last one counts, so a search must read all members.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var mayRepeatKeys: Flags { Flags(rawValue: 1 << 6) }
        /// The member's key has a backslash.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var escapedKey: Flags { Flags(rawValue: 1 << 7) }
    }

    /// The bits of a node's head that describe its key; all zero for a value without a key.
    @usableFromInline
    struct Key: Equatable, Sendable {
        /// The bits.
        @usableFromInline let bits: UInt32

        /// The key bits of an array's element, or of the root.
        @inline(__always) static var none: Key { Key(bits: 0) }

        /// Makes the key bits of a member.
        ///
        /// - Parameters:
        ///   - tag: eight bits of the key's hash, which rule out most other keys without reading the text.
        ///   - length: the number of bytes between the quotes, stored as 255 at most.
        ///   - escaped: whether the text has a backslash.
        @inline(__always)
        init(tag: UInt8, length: Int, escaped: Bool) {
            let flags = escaped ? Flags.member.rawValue | Flags.escapedKey.rawValue : Flags.member.rawValue
            bits = UInt32(flags) | UInt32(tag) << 8 | UInt32(UInt8(clamping: length)) << 24
        }

        /// Extracts the key bits from a head.
        @inlinable @inline(__always)
        init(bits: UInt32) { self.bits = bits & Self.mask }

        /// The bits of a head for the key.
        @inlinable static var mask: UInt32 {
            @inline(__always) get { 0xFF00_FF00 | UInt32(Flags.member.rawValue | Flags.escapedKey.rawValue) }
        }
    }

    /// From the lowest bit: four bits for the kind, four for the flags, eight each for the key's tag, the depth and the key's length.
    // PERF: one number, so that a node is made by few instructions, and a key compared by one.
    @usableFromInline let head: UInt32
    /// The offset of the value's first byte (a string's opening quote).
    @usableFromInline package let start: UInt32
    /// The offset after the value's last byte; the index of a link's target; the number of a reference.
    @usableFromInline package let end: UInt32

    /// Makes a node of its parts.
    // PERF: once for each value that is parsed.
    @inline(__always)
    init(kind: Kind, flags: Flags = [], key: Key, depth: UInt8, text: Range<Int>) {
        head = UInt32(kind.rawValue | flags.rawValue) | key.bits | UInt32(depth) << 16
        start = UInt32(truncatingIfNeeded: text.lowerBound)
        end = UInt32(truncatingIfNeeded: text.upperBound)
    }

    private init(head: UInt32, start: Int, end: Int) {
        self.head = head
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
    }

    /// The kind of the node's text.
    @inlinable
    package var kind: Kind {
        // SAFETY: these bits are only ever a kind's raw value, and a kind has no other content.
        @inline(__always) get { unsafe unsafeBitCast(UInt8(truncatingIfNeeded: head & 0x0F), to: Kind.self) }
    }

    /// Properties of the node besides its kind.
    @inlinable
    package var flags: Flags {
        @inline(__always) get { Flags(rawValue: UInt8(truncatingIfNeeded: head & 0xF0)) }
    }

    /// The bits of the node's key.
    @inlinable
    var key: Key {
        @inline(__always) get { Key(bits: head) }
    }

    /// Eight bits of the key's hash.
    @inlinable
    var tag: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: head >> 8) }
    }

    /// The number of containers around the node, at most 255.
    @inlinable
    var depth: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: head >> 16) }
    }

    /// The number of bytes between the key's quotes, at most 255.
    @inlinable
    var keyLength: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: head >> 24) }
    }

    /// Whether the node is an object or array, so that a second entry follows for it.
    @inlinable
    package var isContainer: Bool {
        @inline(__always) get { kind == .object || kind == .array }
    }
}

extension JSONNode {
    /// The second entry of an object or array, with the index of the entry after its subtree.
    @inline(__always)
    static func boundary(_ next: Int) -> JSONNode { JSONNode(head: 0, start: next, end: 0) }

    /// A copy of the node with more flags.
    func adding(_ flags: Flags) -> JSONNode {
        JSONNode(head: head | UInt32(flags.rawValue), start: Int(start), end: Int(end))
    }

    /// A copy of the container with the end of its text.
    @inline(__always)
    func ending(at end: Int, flags: Flags) -> JSONNode {
        JSONNode(head: head | UInt32(flags.rawValue), start: Int(start), end: end)
    }

    /// A copy of the node at another offset, depth and key.
    func moved(by shift: Int, depth: UInt8, key: Key) -> JSONNode {
        let own = head & ~(Key.mask | 0xFF << 16)
        return JSONNode(head: own | key.bits | UInt32(depth) << 16, start: Int(start) + shift, end: Int(end) + shift)
    }

    /// A link that replaces the node.
    func linked(to target: Int) -> JSONNode { replaced(by: target, as: .link) }

    /// A reference that replaces the node, with its number in the document.
    func referring(to number: Int) -> JSONNode { replaced(by: number, as: .reference) }

    private func replaced(by target: Int, as kind: Kind) -> JSONNode {
        JSONNode(head: head & ~0x0F | UInt32(kind.rawValue), start: Int(start), end: target)
    }
}
