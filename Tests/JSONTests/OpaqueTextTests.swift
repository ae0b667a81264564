import JSON
import Testing

@Suite struct OpaqueTextTests {
    @Test(
        arguments: [
            ("a", "a", true),
            ("", "", true),
            ("a", "b", false),
            ("\u{E9}", "\u{E9}", true),
            ("\u{E9}", "e\u{301}", false),
            // Canonically equivalent and equally long.
            ("\u{212B}", "A\u{30A}", false),
        ]
    )
    func textsAreEqualIfTheirBytesAre(left: String, right: String, isEqual: Bool) {
        #expect((OpaqueText(left) == OpaqueText(right)) == isEqual)
        #expect(left.hasSameBytes(as: right) == isEqual)
        #expect(Set([OpaqueText(left), OpaqueText(right)]).count == (isEqual ? 1 : 2))
    }

    @Test func slicesAreTexts() {
        #expect(OpaqueText("key e\u{301}".dropFirst(4)) == OpaqueText("e\u{301}"))
    }
}
