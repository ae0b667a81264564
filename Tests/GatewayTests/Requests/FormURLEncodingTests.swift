import Testing

@testable import Gateway

@Suite struct FormURLEncodingTests {
    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a+b", "a b"), ("%2B%20", "+ "), ("%c3%A9", "é"), ("a=b&c", "a=b&c"),
        ("%", nil), ("%4", nil), ("%4g", nil), ("%G0", nil), ("%ff", nil), ("%c3", nil),
    ])
    func decodesValidTextAndRefusesTheRest(text: String, decoded: String?) {
        #expect(FormURLEncoding.decode(text[...]) == decoded)
    }
}
