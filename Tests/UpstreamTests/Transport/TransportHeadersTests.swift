import Testing
import Upstream

@Suite struct TransportHeadersTests {
    private static let head = """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        X-RateLimit-Remaining:99\r
        x-ratelimit-remaining: \t 98 \t \r
        X-Empty:\r
        X-Rate: 1: 2\r
        Malformed\r
        \r

        """

    @Test(arguments: [
        ("content-type", ["application/json"]),
        ("CONTENT-TYPE", ["application/json"]),
        ("X-RateLimit-Remaining", ["99", "98"]),
        ("X-Empty", [""]),
        ("X-Rate", ["1: 2"]),
        ("X-RateLimit", []),
        ("Content-Type2", []),
        ("Malformed", []),
        ("HTTP/1.1 200 OK", []),
        ("", []),
    ])
    func findsFieldsWhateverTheirCase(name: String, values: [String]) {
        let headers = TransportHeaders(bytes: Array(Self.head.utf8))
        #expect(headers.all(name) == values)
        #expect(headers.first(name) == values.first)
    }

    @Test func isMadeFromFields() {
        let headers = TransportHeaders([(name: "ETag", value: "\"a\""), (name: "Age", value: "1")])
        #expect(headers.first("etag") == "\"a\"")
        #expect(headers.first("age") == "1")
    }

    @Test(arguments: ["", "\n", "A", "A:", "A:\n", ":", "\r\n\r\n", "A: b"])
    func readsAnyBytes(text: String) {
        let headers = TransportHeaders(bytes: Array(text.utf8))
        #expect(headers.first("a") == (text == "A: b" ? "b" : text.hasPrefix("A:") ? "" : nil))
    }
}
