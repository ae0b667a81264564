import ContentCodings
import GatewayTestSupport
import JSON
import Testing
import Upstream

@testable import GatewayServer

/// Bodies that hold several requests, and bodies that are compressed.
@Suite struct BodyTests {
    static let typename = #"{"query":"{ __typename }"}"#

    @Test func aBatchHasItsResponsesInOrder() async throws {
        try await withGateway {
            $0.server.graphQL.maximumBatch = 3
        } _: { gateway async throws in
            let body = #"[{"query":"{ a: __typename }"},{"query":1},{"query":"{ nonsense }"}]"#
            let response = try await gateway.post(body)
            #expect(response.status == 200)
            let json = try response.json()
            #expect(json.arrayValue?.count == 3)
            #expect(json[0] == ["data": ["a": "Query"]])
            #expect(json[1]?["errors"]?[0]?["message"] == "The member \"query\" must be a string.")
            #expect(json[2]?["errors"]?[0]?["extensions"]?["code"] == "GRAPHQL_VALIDATION_FAILED")
        }
    }

    @Test(arguments: [
        (0, 1, "Batching is disabled: send one request, a JSON object."),
        (2, 0, "A batch has 1 to 2 requests; this one has 0."), (2, 3, "A batch has 1 to 2 requests; this one has 3."),
    ])
    func aBatchIsCapped(maximum: Int, count: Int, message: String) async throws {
        try await withGateway {
            $0.server.graphQL.maximumBatch = maximum
        } _: { gateway async throws in
            let body = "[\(Array(repeating: Self.typename, count: count).joined(separator: ","))]"
            let response = try await gateway.post(body)
            #expect(response.status == 400)
            #expect(try response.json()["errors"]?[0]?["message"] == .string(message))
        }
    }

    @Test func gzipIsReadBackAsItWas() throws {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let compressed = try #require(Gzip.compress(bytes))
        #expect(compressed.count < bytes.count)
        #expect(try Gzip.decompress(compressed, maximumBytes: 100_000) == bytes)
        #expect(try Gzip.decompress(compressed + compressed, maximumBytes: 200_000) == bytes + bytes)
        #expect(throws: Gzip.Failure.tooLarge) { try Gzip.decompress(compressed, maximumBytes: 99_999) }
        for length in 0..<compressed.count where length % 17 == 0 {
            #expect(throws: Gzip.Failure.malformed) {
                try Gzip.decompress(Array(compressed[..<length]), maximumBytes: 100_000)
            }
        }
        #expect(throws: Gzip.Failure.malformed) { try Gzip.decompress([1, 2, 3], maximumBytes: 10) }
        #expect(Gzip.compress([1]) == nil)
    }

    @Test func aCompressedBodyIsTakenWithinTheLimit() async throws {
        try await withGateway {
            $0.server.maximumBodyBytes = 10_000
        } _: { gateway async throws in
            func send(_ body: [UInt8], _ coding: String) async throws -> GatewayUnderTest.Response {
                let headers = [
                    (name: "Content-Type", value: "application/json"), (name: "Content-Encoding", value: coding),
                ]
                return try await gateway.send("POST", "/graphql", headers: headers, body: body)
            }
            let padded = Array((Self.typename + String(repeating: " ", count: 5000)).utf8)
            let small = try #require(Gzip.compress(padded))
            #expect(try await send(small, "gzip").status == 200)
            let bomb = Array((Self.typename + String(repeating: " ", count: 5_000_000)).utf8)
            let refused = try await send(try #require(Gzip.compress(bomb)), "gzip")
            #expect(refused.status == 413)
            #expect(refused.code == "PAYLOAD_TOO_LARGE")
            #expect(try await send(padded, "gzip").status == 400)
            let unknown = try await send(padded, "br")
            #expect(unknown.status == 415)
            #expect(unknown.headers.first("accept-encoding") == "gzip, identity")
        }
    }

    @Test(arguments: [
        ("gzip", 10, true), ("br;q=1, *;q=0.1", 10, true), ("gzip;q=0, *", 10, false), ("br", 10, false),
        ("gzip", 1_000_000, false),
    ])
    func aLargeResponseIsCompressedForClientsThatTakeIt(
        accepted: String,
        threshold: Int,
        isCompressed: Bool
    ) async throws {
        try await withGateway {
            $0.server.filters.compressionThreshold = threshold
        } _: { gateway async throws in
            let body = #"{"query":"{ __schema { types { name fields { name description } } } }"}"#
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAccept-Encoding: \(accepted)\r\n"
                    + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let text = await raw.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("\r\ncontent-encoding: gzip\r\n") == isCompressed)
            #expect(text.contains("__schema") != isCompressed)
        }
    }
}
