import Gateway
import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayServer

/// Only bytes that are exactly one request, as every reader would split them, stand for its response later on.
@Suite struct PassedRequestTests {
    private static func request(
        _ fields: [(String, String)] = [("Host", "a")],
        method: HTTPMethod = .POST,
        version: HTTPVersion = .http1_1,
        body: String = "{}"
    ) -> HTTPRequest {
        let head = HTTPRequestHead(version: version, method: method, uri: "/", headers: HTTPHeaders(fields))
        return HTTPRequest(head: head, body: Array(body.utf8))
    }

    private static func passed(_ text: String) throws -> PassedRequest {
        let repeated = RepeatedRequests(capacity: 4096, maximumWaiting: 1, inFlight: RequestsInFlight())
        return PassedRequest(try #require(RequestBytes(ByteBuffer(string: text))), repeated)
    }

    /// Bytes and whether they are the request, whose body is `{}`.
    @Test(arguments: [
        ("POST / HTTP/1.1\r\nHost: a\r\n\r\n{}", true),
        ("POST / HTTP/1.1\r\nHost: a\r\n\r\n{", false),
        ("POST / HTTP/1.1\r\nHost: a\r\n\r\n{}G", false),
        ("\r\nPOST / HTTP/1.1\r\nHost: a\r\n\r\n{}", true),
        // Some readers take a bare line feed for the end of a line.
        ("POST / HTTP/1.1\r\nHost: a\n\r\n{}", false),
        ("POST / HTTP/1.1\r\nHost: a\r\n\n{}", false),
        ("POST / HTTP/1.1\nHost: a\n\n{}", false),
        ("\nPOST / HTTP/1.1\r\nHost: a\r\n\r\n{}", false),
        // A head that does not end.
        ("POST / HTTP/1.1\r\nHost: a\r\n{}", false), ("POST / HTTP/1.1\r\n\r", false), ("", false), ("\n", false),
        // Chunks are longer than what they hold.
        ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", false),
    ])
    func bytesAreOneRequest(text: String, isWhole: Bool) throws {
        let passed = try Self.passed(text)
        passed.note(Self.request())
        #expect(passed.isWhole == isWhole)
    }

    @Test func noneAndSeveralAreNotOne() throws {
        let passed = try Self.passed("POST / HTTP/1.1\r\nHost: a\r\n\r\n{}")
        #expect(!passed.isWhole)
        #expect(!passed.isRepeatable)
        passed.note(Self.request())
        #expect(passed.isWhole)
        passed.note(Self.request())
        #expect(!passed.isWhole)
    }

    @Test func anUpgradeIsNotOne() throws {
        let passed = try Self.passed("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
        passed.note(Self.request([("Upgrade", "websocket"), ("Connection", "Upgrade")], method: .GET, body: ""))
        #expect(!passed.isWhole)
    }

    static let requests: [(HTTPRequest, Bool)] = [
        (request(), true),
        (request([("Host", "a"), ("Connection", "close")]), false),
        (request(version: .http1_0), false),
        (request([("Connection", "keep-alive")], version: .http1_0), false),
        (request([("Host", "a"), ("Expect", "100-continue")]), false),
    ]

    @Test(arguments: requests.indices) func aConnectionMustGoOn(position: Int) throws {
        let passed = try Self.passed("")
        passed.note(Self.requests[position].0)
        #expect(passed.isRepeatable == Self.requests[position].1)
    }
}
