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

    /// The record of bytes that come in these pieces.
    private static func passed(_ pieces: String...) -> PassedRequest {
        let repeated = RepeatedRequests(capacity: 4096, maximumWaiting: 1, inFlight: RequestsInFlight())
        let first = ByteBuffer(string: pieces[0])
        let passed = PassedRequest(first, RequestBytes(first), repeated)
        for piece in pieces.dropFirst() {
            #expect(passed.waitsForMore)
            passed.releaseBuffer()
            passed.add(ByteBuffer(string: piece))
        }
        return passed
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
    func wholeBytesOfOneRequestAreRecognized(text: String, isWhole: Bool) {
        let passed = Self.passed(text)
        passed.note(Self.request())
        #expect(passed.isWhole == isWhole)
        #expect(passed.request == (isWhole ? RequestBytes(ByteBuffer(string: text)) : nil))
        let bytes = Array(text.utf8)
        for position in bytes.indices {
            let pieces = [bytes[..<position], bytes[position...]].map { String(decoding: $0, as: UTF8.self) }
            let passed = Self.passed(pieces[0], pieces[1])
            passed.note(Self.request())
            #expect(passed.isWhole == isWhole)
            #expect(passed.request == (isWhole ? RequestBytes(ByteBuffer(string: text)) : nil))
        }
    }

    @Test func bytesComeOneByOne() {
        let text = "POST / HTTP/1.1\r\nHost: a\r\n\r\n{}"
        let passed = Self.passed("")
        for byte in text.utf8 {
            #expect(passed.waitsForMore)
            passed.releaseBuffer()
            passed.add(ByteBuffer(bytes: [byte]))
        }
        passed.note(Self.request())
        #expect(passed.request == RequestBytes(ByteBuffer(string: text)))
        #expect(!passed.waitsForMore)
    }

    /// A long body counts, but is not compared.
    @Test(arguments: [1, 3, 7000]) func theEndOfALongRequestIsFound(pieces: Int) {
        let body = String(repeating: " ", count: 20_000)
        let text = "POST / HTTP/1.1\r\nHost: a\r\n\r\n" + body
        let size = text.utf8.count / pieces + 1
        let parts = stride(from: 0, to: text.utf8.count, by: size).map {
            ByteBuffer(bytes: text.utf8.dropFirst($0).prefix(size))
        }
        let passed = Self.passed("")
        for part in parts {
            #expect(passed.waitsForMore)
            passed.releaseBuffer()
            passed.add(part)
        }
        passed.note(Self.request(body: body))
        #expect(passed.isWhole)
        #expect(passed.request == nil)
    }

    @Test func theEndOfALongHeadIsNotLookedFor() {
        let passed = Self.passed("POST / HTTP/1.1\r\nX: ")
        for _ in 1...4 {
            #expect(passed.waitsForMore)
            passed.add(ByteBuffer(repeating: UInt8(ascii: "x"), count: 1024))
        }
        #expect(!passed.waitsForMore)
        let inOnePiece = "POST / HTTP/1.1\r\nX: \(String(repeating: "x", count: 4096))\r\n\r\n{"
        #expect(!Self.passed(inOnePiece).waitsForMore)
    }

    @Test func noRequestOrSeveralAreNotWhole() {
        let passed = Self.passed("POST / HTTP/1.1\r\nHost: a\r\n\r\n{}")
        #expect(!passed.isWhole)
        passed.note(Self.request())
        #expect(passed.isWhole)
        passed.note(Self.request())
        #expect(!passed.isWhole)
    }

    @Test func upgradeIsNotWhole() {
        let passed = Self.passed("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")
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

    @Test(arguments: requests.indices) func requestThatEndsItsConnectionIsNotStored(position: Int) {
        let passed = Self.passed("POST / HTTP/1.1\r\nHost: a\r\n\r\n{}")
        passed.note(Self.requests[position].0)
        #expect(passed.isWhole)
        #expect((passed.request != nil) == Self.requests[position].1)
    }
}

extension PassedRequest {
    /// Whether the bytes were one request and nothing else.
    fileprivate var isWhole: Bool {
        if case .request = outcome { true } else { false }
    }

    /// The bytes of that request, if equal ones have the same response.
    fileprivate var request: RequestBytes? {
        if case .request(let request) = outcome { request } else { nil }
    }
}
