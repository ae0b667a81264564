extension Span where Element == UInt8 {
    /// Reads eight bytes, the first of them lowest; the offset is checked.
    // PERF: called for every eight bytes of text; a call costs as much as the load.
    @inlinable @inline(__always)
    func word(at offset: Int) -> UInt64 {
        // SAFETY: the load checks its bounds, and any eight bytes are a UInt64.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Reads sixteen bytes; the offset is checked.
    // PERF: see `word(at:)`.
    @inline(__always)
    func vector(at offset: Int) -> SIMD16<UInt8> {
        // SAFETY: the load checks its bounds, and any sixteen bytes are a vector of them.
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    }

    /// Compares bytes with others.
    package func hasSameBytes(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var offset = 0
        while offset + 8 <= count {
            guard word(at: offset) == other.word(at: offset) else { return false }
            offset += 8
        }
        while offset < count {
            guard self[offset] == other[offset] else { return false }
            offset += 1
        }
        return true
    }

    /// Reads four bytes, the first of them lowest; the offset is checked.
    // PERF: see `word(at:)`.
    @inlinable @inline(__always)
    func halfWord(at offset: Int) -> UInt32 {
        // SAFETY: the load checks its bounds, and any four bytes are a UInt32.
        unsafe UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
}
