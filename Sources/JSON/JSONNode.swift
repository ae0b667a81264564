/// One entry of a document's tape: where a value's text lies and where its subtree ends.
///
/// The tape is in pre-order. An object's children alternate between a key and its value; an array's are its elements.
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
        /// A string, or an object's key.
        case string
        /// An array.
        case array
        /// An object.
        case object
        /// A reference to another node of the same document; only built documents hold one.
        case link
        /// A reference to a node of another document, which whoever built the document knows; its text is `null`.
        case reference
    }

    /// Properties of a node besides its kind.
    @usableFromInline
    package struct Flags: OptionSet, Sendable, Hashable {
        /// The set as bits.
        @usableFromInline package let rawValue: UInt8

        /// Makes a set from its bits.
        @inlinable
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The string's text holds a backslash, so that it must be decoded before it is compared.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var escaped: Flags { Flags(rawValue: 1) }
        /// The string is an object's key.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var key: Flags { Flags(rawValue: 2) }
        /// The object may name a member twice: the last one counts, so a search must read all of them.
        // PERF: computed, as a stored constant would be fetched by a call.
        @inlinable package static var mayRepeatKeys: Flags { Flags(rawValue: 4) }
    }

    /// The kind of the node's text.
    @usableFromInline package let kind: Kind
    /// Properties of the node besides its kind.
    @usableFromInline package let flags: Flags
    /// A few bits of the key's hash, which rule out most other keys without a look at the text.
    @usableFromInline let tag: UInt8
    /// The number of containers around the node, at most 255.
    @usableFromInline let depth: UInt8
    /// The offset of the value's first byte (a string's opening quote), or the target's index in a link or reference.
    @usableFromInline package let start: UInt32
    /// The offset one past the value's last byte, or the document's number in a reference.
    @usableFromInline package let end: UInt32
    /// The index of the node after this whole subtree.
    @usableFromInline package let next: UInt32

    /// Makes a node of its parts.
    @usableFromInline
    init(kind: Kind, flags: Flags = [], tag: UInt8 = 0, depth: Int, text: Range<Int>, next: Int) {
        self.kind = kind
        self.flags = flags
        self.tag = tag
        self.depth = UInt8(clamping: depth)
        start = UInt32(truncatingIfNeeded: text.lowerBound)
        end = UInt32(truncatingIfNeeded: text.upperBound)
        self.next = UInt32(truncatingIfNeeded: next)
    }

    /// Makes a node of another one by changing some fields.
    private init(_ node: JSONNode, kind: Kind, flags: Flags, start: UInt32, end: UInt32) {
        self.kind = kind
        self.flags = flags
        tag = node.tag
        depth = node.depth
        self.start = start
        self.end = end
        next = node.next
    }

    /// The same node with other flags.
    func with(flags: Flags) -> JSONNode {
        JSONNode(self, kind: kind, flags: flags, start: start, end: end)
    }

    /// A link in the node's place.
    func linked(to target: Int) -> JSONNode {
        JSONNode(self, kind: .link, flags: [], start: UInt32(truncatingIfNeeded: target), end: end)
    }

    /// A reference in the node's place; where its text was is forgotten.
    func referring(to node: Int, in document: Int) -> JSONNode {
        JSONNode(
            self,
            kind: .reference,
            flags: [],
            start: UInt32(truncatingIfNeeded: node),
            end: UInt32(truncatingIfNeeded: document)
        )
    }

    /// The number of the document that a reference leads to; its node is `start`.
    @inlinable
    package var referencedDocument: Int { Int(end) }
}
