import JSON
import Testing

@Suite struct SpanSearchTests {
    /// Bytes that differ from the wanted one in a single bit, or by one.
    private static let others: [UInt8] = [0, 1, 0x0B, 0x0C, 0x8D, 0x0F, 0xFF, 0x80, 0x7F, 0xFE]

    /// Every place of the first of several, in ranges of every length and start.
    @Test(arguments: [UInt8(0x0D), 0, 0xFF, 0x80, 0x7F]) func findsTheFirstIndexInEveryRange(byte: UInt8) {
        let fill = Self.others.filter { $0 != byte }
        for count in 0..<40 {
            let text = (0..<count).map { fill[$0 % fill.count] }
            #expect(text.span.firstIndex(of: byte, in: 0..<count) == nil)
            for place in 0..<count {
                var found = text
                for position in place..<count where (position - place).isMultiple(of: 3) { found[position] = byte }
                for start in 0...count {
                    let expected = (start..<count).first { found[$0] == byte }
                    #expect(found.span.firstIndex(of: byte, in: start..<count) == expected)
                }
                #expect(found.span.firstIndex(of: byte, in: 0..<place) == nil)
            }
        }
    }
}
