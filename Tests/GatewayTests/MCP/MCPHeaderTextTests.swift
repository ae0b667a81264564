import Testing

@testable import Gateway

@Suite struct MCPHeaderTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("=?base64?", "=?base64?"), ("=?base64?=", "=?base64?="),
        ("=?base64??=", ""), ("=?base64?w6k=?=", "é"), ("=?base64?YWI=?=", "ab"), ("=?base64?YWJj?=", "abc"),
        ("=?base64?YWI?=", nil), ("=?base64?Y===?=", nil), ("=?base64?Y!==?=", nil), ("=?base64?/w==?=", nil),
        // Bits that are left over are 0.
        ("=?base64?YWJ=?=", nil),
    ])
    func markedTextIsBase64(value: String, text: String?) {
        #expect(MCPHeaderText.decode(value) == text)
    }
}
