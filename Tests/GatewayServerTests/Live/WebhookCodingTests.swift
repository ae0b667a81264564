import ContentCodings
import GatewayTestSupport
import GraphQL
import Sandbox
import Testing
import Upstream

@testable import Gateway
@testable import GatewayServer

/// Webhooks whose bodies are compressed: the bytes are signed as they come.
@Suite struct WebhookCodingTests {
    private static let sdl = Source(
        """
        schema @upstream @webhook(header: "X-Sign") @cacheControl(maxAge: 60) { query: Query }
        type Query { book(id: ID!): Book @rest(get: "/books/{id}") }
        type Book @entity(get: "/books/{id}") @changedBy(events: ["book.edited"], key: "data.book") { id: ID! }
        """,
        name: "webhooks.graphql"
    )
    private static let event = Array(
        #"{"id":"e","type":"book.edited","data":{"book":"b","note":"\#(String(repeating: " ", count: 300))"}}"#.utf8
    )

    private static func sign(_ body: [UInt8]) -> String {
        let code = HMACSHA256(key: Array("secret".utf8))?.code(of: body) ?? []
        return code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private func run(_ body: (GatewayUnderTest, ScriptedServer) async throws -> Void) async throws {
        let upstream = try await ScriptedServer.start { _ in .http(body: #"{"id":"b"}"#) }
        let change: (inout GatewayUnderTest.Options) -> Void = {
            var options = WebhookOptions(slug: "main", secrets: [Array("secret".utf8)])
            options.maximumBytes = 512
            $0.server.webhooks = [options]
        }
        try await withGateway(change, schema: Self.sdl, upstream: upstream.baseURL) { try await body($0, upstream) }
        try await upstream.shutdown()
    }

    private func send(
        _ gateway: GatewayUnderTest,
        _ body: [UInt8],
        coding: String,
        signed signature: String? = nil
    ) async throws -> GatewayUnderTest.Response {
        let headers: Headers = [("Content-Encoding", coding), ("X-Sign", signature ?? Self.sign(body))]
        return try await gateway.send("POST", "/webhooks/main", headers: headers, body: body)
    }

    @Test(arguments: ["gzip", "GZIP", "x-gzip"]) func aCompressedEventHasItsEffect(coding: String) async throws {
        let compressed = try #require(Gzip.compress(Self.event))
        try await run { gateway, upstream in
            func read() async throws { _ = try await gateway.query("{ book(id: \"b\") { id } }", key: "k") }
            try await read()
            try await read()
            #expect(upstream.requests().count == 1)
            #expect(try await send(gateway, compressed, coding: coding).status == 202)
            try await read()
            #expect(upstream.requests().count == 2)
        }
    }

    @Test func otherOrBrokenCodingsAreRefused() async throws {
        let compressed = try #require(Gzip.compress(Self.event))
        let bomb = try #require(Gzip.compress([UInt8](repeating: UInt8(ascii: " "), count: 513)))
        try await run { gateway, _ in
            // What is signed are the bytes as they come.
            let other = try await send(gateway, compressed, coding: "gzip", signed: Self.sign(Self.event))
            #expect(other.status == 401)
            #expect(other.headers.first("www-authenticate") == "Signature realm=\"webhooks\"")
            #expect(try await send(gateway, bomb, coding: "gzip").status == 413)
            #expect(try await send(gateway, bomb, coding: "gzip", signed: "00").status == 401)
            #expect(try await send(gateway, Array(compressed.dropLast(9)), coding: "gzip").status == 400)
            #expect(try await send(gateway, Self.event, coding: "gzip").status == 400)
            for coding in ["br", "gzip, gzip", "deflate"] {
                let refused = try await send(gateway, compressed, coding: coding)
                #expect(refused.status == 415)
                #expect(refused.headers.first("accept-encoding") == "gzip, identity")
            }
            #expect(try await send(gateway, Self.event, coding: "identity").status == 202)
        }
    }
}
