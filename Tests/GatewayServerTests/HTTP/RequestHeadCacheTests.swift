import NIOCore
import NIOHTTP1
import Testing

@testable import GatewayServer

@Suite struct RequestHeadCacheTests {
    private static let fields = [("Host", "a"), ("Content-Length", "2"), ("Authorization", "Bearer k")]
    private static let text = "POST /graphql HTTP/1.1\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    private static let head = RequestHead(
        HTTPRequestHead(version: .http1_1, method: .POST, uri: "/graphql", headers: HTTPHeaders(fields))
    )

    private static func bytes(_ text: String) throws -> RequestBytes {
        try #require(RequestBytes(ByteBuffer(string: text)))
    }

    /// A cache that has stored the head.
    private static func filled(_ limits: ConnectionLimits = ConnectionLimits()) throws -> RequestHeadCache {
        let cache = RequestHeadCache()
        for _ in 1...2 { cache.store(head, of: try bytes(text + "{}"), limits) }
        return cache
    }

    @Test func aHeadEntersWhenItComesAgain() throws {
        let cache = RequestHeadCache()
        let limits = ConnectionLimits()
        cache.store(Self.head, of: try Self.bytes(Self.text + "{}"), limits)
        #expect(cache.request(try Self.bytes(Self.text + "{}"), limits) == nil)
        cache.store(Self.head, of: try Self.bytes(Self.text + "[]"), limits)
        let request = try #require(cache.request(try Self.bytes(Self.text + "{}"), limits))
        #expect(request.head == Self.head.parsed)
        #expect(request.body == Array("{}".utf8))
        #expect(request.path == "/graphql")
        #expect(cache.request(try Self.bytes(Self.text + "12"), limits)?.body == Array("12".utf8))
    }

    /// What comes behind the head, and how many bytes the request has; nil: it is not one request.
    @Test(arguments: [("", 2), ("{", 2), ("{}\n", nil), ("{}POST / HTTP/1.1\r\n\r\n", nil)])
    func aBodyHasTheLengthThatTheHeadStates(
        body: String,
        bodyBytes: Int?
    ) throws {
        let cache = try Self.filled()
        let match = cache.find(try Self.bytes(Self.text + body), ConnectionLimits())
        switch match {
        case .part(of: let count): #expect(count == bodyBytes.map { Self.text.utf8.count + $0 })
        case nil: #expect(bodyBytes == nil)
        case .whole: Issue.record("a body of another length is complete")
        }
    }

    @Test func aPartOfAHeadIsNotKnown() throws {
        let cache = try Self.filled()
        for length in 0..<Self.text.utf8.count {
            let part = try #require(RequestBytes(ByteBuffer(bytes: Self.text.utf8.prefix(length))))
            #expect(cache.find(part, ConnectionLimits()) == nil)
        }
    }

    @Test func everyByteOfAHeadCounts() throws {
        let cache = try Self.filled()
        let bytes = Array((Self.text + "{}").utf8)
        for position in 0..<Self.text.utf8.count {
            for change in UInt8(1)...255 {
                var other = bytes
                other[position] ^= change
                let request = try #require(RequestBytes(ByteBuffer(bytes: other)))
                #expect(cache.request(request, ConnectionLimits()) == nil)
            }
        }
        #expect(cache.request(try Self.bytes(Self.text + "{}"), ConnectionLimits()) != nil)
    }

    @Test func headIsNotUsedUnderOtherLimits() throws {
        let cache = try Self.filled()
        var limits = ConnectionLimits()
        limits.maximumHeaderFields = 2
        #expect(cache.request(try Self.bytes(Self.text + "{}"), limits) == nil)
    }

    @Test func aLongHeadIsNotStored() throws {
        let cache = RequestHeadCache()
        let long = "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(String(repeating: "c", count: 5000))\r\n\r\n"
        for _ in 1...3 { cache.store(Self.head, of: try Self.bytes(long), ConnectionLimits()) }
        #expect(cache.request(try Self.bytes(long), ConnectionLimits()) == nil)
    }

    @Test func atMost128HeadsAreStored() throws {
        let cache = RequestHeadCache()
        let limits = ConnectionLimits()
        let long = String(repeating: "x", count: 900)
        let texts = (0..<2000).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n" }
        for text in texts { for _ in 1...2 { cache.store(Self.head, of: try Self.bytes(text), limits) } }
        let stored = try texts.filter { cache.request(try Self.bytes($0), limits) != nil }
        #expect((1...128).contains(stored.count))
    }
}

extension RequestHeadCache {
    /// The request that some bytes are, all of it, if its head is known.
    fileprivate func request(_ bytes: RequestBytes, _ limits: ConnectionLimits) -> HTTPRequest? {
        guard case .whole(let request) = find(bytes, limits) else { return nil }
        return request
    }
}
