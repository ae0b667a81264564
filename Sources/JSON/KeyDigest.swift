/// A member's name as plain numbers, which are all that a search needs.
///
/// For up to 32 bytes, the numbers contain the name itself. A longer name is identified by its length, 32 of its bytes and a keyed
/// hash of 64 bits, whose key differs between processes.
// PERF: no reference, so that reading a key from a plan counts none, 10 ns per search.
@usableFromInline
package struct KeyDigest: Equatable, Sendable {
    /// The number of bytes.
    @usableFromInline let count: Int
    /// The first and last eight bytes, which may overlap.
    @usableFromInline let outer: Words
    /// The next bytes inwards, of a name with more than sixteen.
    @usableFromInline let inner: Words
    /// The hash of a name with more than 32 bytes.
    @usableFromInline let hash: Int
    /// The key bits of a node with this name without escapes, which rule out most other names.
    @usableFromInline let key: JSONNode.Key

    /// Reads the digest of a name.
    init(of text: Span<UInt8>, in range: Range<Int>) {
        count = range.count
        outer = Words(outer: text, in: range)
        inner = Self.inner(of: text, in: range)
        hash = Self.hash(of: text, in: range)
        key = JSONNode.Key(tag: outer.tag(count: range.count), length: range.count, escaped: false)
    }

    /// Whether the bytes in a range of the same length are the name.
    // PERF: runs for every field of every row; only names of up to sixteen bytes are compared in place.
    @inlinable @inline(__always)
    func matches(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
        Words(outer: text, in: range) == outer && (count <= 16 || matchesInside(text, in: range))
    }

    /// Whether the inner bytes of a name of more than sixteen are equal too.
    @usableFromInline
    func matchesInside(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
        Self.inner(of: text, in: range) == inner && (count <= 32 || Self.hash(of: text, in: range) == hash)
    }

    private static func inner(of text: Span<UInt8>, in range: Range<Int>) -> Words {
        guard range.count > 16 else { return Words(first: 0, last: 0) }
        return Words(first: text.word(at: range.lowerBound + 8), last: text.word(at: range.upperBound - 16))
    }

    private static func hash(of text: Span<UInt8>, in range: Range<Int>) -> Int {
        guard range.count > 32 else { return 0 }
        var hasher = Hasher()
        var offset = range.lowerBound
        while offset + 8 < range.upperBound {
            hasher.combine(text.word(at: offset))
            offset += 8
        }
        hasher.combine(text.word(at: range.upperBound - 8))
        return hasher.finalize()
    }
}

extension KeyDigest {
    /// Two words of a name.
    @usableFromInline
    struct Words: Equatable, Sendable {
        /// The word nearer to the start.
        @usableFromInline let first: UInt64
        /// The word nearer to the end.
        @usableFromInline let last: UInt64

        /// Combines two words.
        @inlinable @inline(__always)
        init(first: UInt64, last: UInt64) {
            self.first = first
            self.last = last
        }

        /// Reads the first and last eight bytes of a range, which are all of them if there are at most sixteen.
        // PERF: runs for every key that is parsed or compared.
        @inlinable @inline(__always)
        init(outer text: Span<UInt8>, in range: Range<Int>) {
            let count = range.count
            if count >= 8 {
                first = text.word(at: range.lowerBound)
                last = text.word(at: range.upperBound - 8)
            } else if count >= 4 {
                first = UInt64(text.halfWord(at: range.lowerBound))
                last = UInt64(text.halfWord(at: range.upperBound - 4))
            } else if count > 0 {
                first = UInt64(text[range.lowerBound]) << 8 | UInt64(text[range.lowerBound + count / 2])
                last = UInt64(text[range.upperBound - 1])
            } else {
                first = 0
                last = 0
            }
        }

        /// Eight well-mixed bits of the words and the name's length.
        @inline(__always)
        func tag(count: Int) -> UInt8 {
            let mixed = (first ^ (last << 29 | last >> 35) ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
            return UInt8(truncatingIfNeeded: mixed >> 56)
        }
    }
}
