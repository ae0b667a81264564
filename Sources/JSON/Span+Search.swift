extension Span<UInt8> {
    /// The index of the first occurrence of a byte in a range; nil: there is none.
    // PERF: eight bytes at a time; heads, strings and bodies are searched.
    package func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        let text = extracting(range)
        let wanted = UInt64(byte) &* 0x0101_0101_0101_0101
        var offset = 0
        while offset + 8 <= text.count {
            // A byte that equals the wanted one becomes zero; the lowest bit set in `zeros` marks the first of them.
            let difference = text.word(at: offset) ^ wanted
            let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            if zeros != 0 { return range.lowerBound + offset + zeros.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < text.count {
            if text[offset] == byte { return range.lowerBound + offset }
            offset += 1
        }
        return nil
    }
}
