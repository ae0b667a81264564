import NIOHTTP1
import Testing

@testable import GatewayServer

/// Which requests and responses are processed on other threads than those of connections.
@Suite struct LongWorkTests {
    /// Responds at once with so many bytes.
    private struct Worker: Endpoint {
        var bytes = 1

        func reply(to request: HTTPRequest) -> HTTPReply {
            .now(HTTPResponse(status: .ok, contentType: "text/plain", body: [UInt8](repeating: 65, count: bytes)))
        }
    }

    private static func request(_ bodyBytes: Int, _ fields: HTTPHeaders = [:]) -> HTTPRequest {
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: fields)
        return HTTPRequest(head: head, body: [UInt8](repeating: 32, count: bodyBytes))
    }

    private static func isAtOnce(_ reply: HTTPReply) -> Bool { if case .now = reply { true } else { false } }

    /// A compressed body has few bytes, and may become many.
    @Test(
        arguments: [
            (4 << 10, [:], true), ((4 << 10) + 1, [:], false), (100, ["Content-Encoding": "gzip"], false),
        ] as [(Int, HTTPHeaders, Bool)]
    )
    func longAndCompressedBodiesAreReadElsewhere(bytes: Int, fields: HTTPHeaders, isAtOnce: Bool) {
        let reply = Worker().filtered(by: [LongWork()]).reply(to: Self.request(bytes, fields))
        #expect(Self.isAtOnce(reply) == isAtOnce)
    }

    @Test(arguments: [
        (128 << 10, "gzip", true), ((128 << 10) + 1, "gzip", false), (1 << 20, "br", true),
    ])
    func longResponsesAreCompressedElsewhere(bytes: Int, coding: String, isAtOnce: Bool) async {
        let endpoint = Worker(bytes: bytes).filtered(by: [Compression(threshold: 1024)])
        let reply = endpoint.reply(to: Self.request(1, ["Accept-Encoding": coding]))
        #expect(Self.isAtOnce(reply) == isAtOnce)
        let response: HTTPResponse? =
            switch reply {
            case .now(let response): response
            case .later(let respond): await respond()
            case .upgrade: nil
            }
        let isCompressed = response?.headers.contains { $0.name == "content-encoding" && $0.value == "gzip" }
        #expect(isCompressed == (coding == "gzip"))
    }
}
