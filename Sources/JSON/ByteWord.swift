/// Tests eight bytes at once; only the lowest set bit of a result is exact.
enum ByteWord {
    /// A word whose bytes are all the given one.
    @inline(__always)
    static func repeating(_ byte: UInt8) -> UInt64 {
        UInt64(byte) &* 0x0101_0101_0101_0101
    }

    /// Marks the high bit of bytes that end a run of plain string text: `"`, `\`, control characters.
    @inline(__always)
    static func specials(in word: UInt64) -> UInt64 {
        let quote = word ^ repeating(0x22)
        let backslash = word ^ repeating(0x5C)
        let ones = repeating(0x01)
        let below = word &- repeating(0x20)
        return ((quote &- ones) & ~quote | (backslash &- ones) & ~backslash | below & ~word) & repeating(0x80)
    }
}
