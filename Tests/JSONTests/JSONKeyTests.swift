import JSON
import Testing

@Suite struct JSONKeyTests {
    @Test func preparesTheNameForWriting() {
        let key: JSONKey = "a\"é"
        #expect(key.name == "a\"é")
        #expect(key.utf8 == Array("a\"é".utf8))
        #expect(key.encoded == Array(#""a\"é""#.utf8))
    }

    @Test func equalsKeysOfTheSameBytesOnly() {
        let long = String(repeating: "x", count: 40)
        let names = ["", "a", "ab", "\u{E9}", "e\u{301}", long, long + "x", long + "y", "a\0", "\0a"]
        for left in names.indices {
            for right in names.indices {
                #expect((JSONKey(names[left]) == JSONKey(names[right])) == (left == right))
            }
        }
        #expect(Set(names.map { JSONKey($0) }).count == names.count)
        #expect(Set([JSONKey(long), JSONKey(long)]).count == 1)
    }
}
