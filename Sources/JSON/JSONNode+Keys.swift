extension JSONNode {
    /// The range of a member's key in the text, without its quotes.
    func keyRange(in text: Span<UInt8>) -> Range<Int> {
        let end = keyEnd(in: text)
        guard keyLength == .max else { return end - Int(keyLength)..<end }
        // The node does not have the key's length. Quotes within the key are escaped, and the opening one follows no backslash.
        var start = end
        repeat {
            start -= 1
            while text[start] != UInt8(ascii: "\"") { start -= 1 }
        } while followsOddBackslashes(start, in: text)
        return start + 1..<end
    }

    /// The offset of the closing quote of a member's key; only white space and a colon are between it and the value.
    // PERF: runs for every field of every row; mostly only the colon is between.
    @inlinable @inline(__always)
    func keyEnd(in text: Span<UInt8>) -> Int {
        var offset = Int(start) &- 2
        while text[offset] != UInt8(ascii: "\"") { offset &-= 1 }
        return offset
    }

    private func followsOddBackslashes(_ offset: Int, in text: Span<UInt8>) -> Bool {
        var first = offset
        while first > 0, text[first - 1] == UInt8(ascii: "\\") { first -= 1 }
        return !(offset - first).isMultiple(of: 2)
    }

    /// Whether the node is a member whose key is not escaped and has the given name.
    // PERF: see `JSONDocument.member(_:of:hint:)`.
    @inlinable @inline(__always)
    func isNamed(_ digest: borrowing KeyDigest, in text: Span<UInt8>) -> Bool {
        guard key == digest.key else { return false }
        return hasSameName(as: digest, in: text)
    }

    /// Whether a member has a name, given that its node has the name's key bits.
    @inlinable @inline(__always)
    func hasSameName(as digest: borrowing KeyDigest, in text: Span<UInt8>) -> Bool {
        guard digest.count < Int(UInt8.max) else { return hasLongName(digest, in: text) }
        let end = keyEnd(in: text)
        return digest.matches(text, in: end &- digest.count..<end)
    }

    /// The bits of key and depth that a member of this object has; nil if the node is no object, may repeat keys, or is too deep for its
    /// members to be identified by their depth.
    @inlinable @inline(__always)
    func head(ofChild key: Key) -> UInt32? {
        let own = head & (0x0F | UInt32(Flags.mayRepeatKeys.rawValue))
        let depth = head & Self.depthMask
        guard own == UInt32(Kind.object.rawValue), depth < 0xFE_0000 else { return nil }
        return key.bits | (depth &+ 0x01_0000)
    }

    /// Whether the node has these bits of key and depth.
    @inlinable @inline(__always)
    func hasHead(_ bits: UInt32) -> Bool { head & (Key.mask | Self.depthMask) == bits }

    /// The bits of a head for the depth.
    @inlinable static var depthMask: UInt32 {
        @inline(__always) get { 0xFF_0000 }
    }

    @usableFromInline
    func hasLongName(_ digest: borrowing KeyDigest, in text: Span<UInt8>) -> Bool {
        let range = keyRange(in: text)
        guard range.count == digest.count else { return false }
        return digest.matches(text, in: range)
    }
}

extension JSONNode {
    /// Whether another node of the same document has the same text, byte by byte.
    ///
    /// - Parameters:
    ///   - other: the other node, which is no link, as this one is none.
    ///   - text: the document's text.
    /// - Returns: whether they do; false for references, whose values are not in the text.
    package func hasSameText(as other: JSONNode, in text: Span<UInt8>) -> Bool {
        guard kind == other.kind, kind != .reference, end - start == other.end - other.start else { return false }
        let others = text.extracting(Int(other.start)..<Int(other.end))
        return text.extracting(Int(start)..<Int(end)).hasSameBytes(as: others)
    }
}
