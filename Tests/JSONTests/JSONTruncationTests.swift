import JSON
import Testing

@Suite struct JSONTruncationTests {
    private static let text =
        """
        {"id":1234,"name":"Ünïcödé \\"quoted\\" \\u20ac \\ud83d\\ude00 text","done":true,"due":null,"open":false,
         "hours":-12.5e-3,"rows":[{"a":[]},{"b":{}},{"c":[1,2,[3,[4]]]}],"tail":"0123456789abcdef0123456789"}
        """

    @Test func rejectsATextCutAtAnyByte() {
        let bytes = Array(Self.text.utf8)
        #expect(failure(of: bytes) == nil)
        for end in bytes.indices {
            let error = failure(of: Array(bytes[..<end]))
            #expect(error?.code == .unexpectedEnd || error?.code == .invalidUTF8)
            #expect((0...end).contains(error?.offset ?? -1))
        }
    }

    @Test func readsOrRejectsATextWithAnyByteReplaced() {
        var bytes = Array(Self.text.utf8)
        for index in bytes.indices {
            let original = bytes[index]
            for replacement in 0...255 as ClosedRange<UInt8> {
                bytes[index] = replacement
                guard let document = try? JSONDocument(parsing: bytes, loneSurrogates: .preserved) else { continue }
                #expect(document.bytes == bytes)
                #expect(document.nodes.count == document.next(after: 0))
            }
            bytes[index] = original
        }
    }
}
