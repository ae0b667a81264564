import GatewayServer
import GatewayTestSupport
import Sandbox
import Testing

/// One connection, byte by byte: what well-behaved, slow and hostile clients get.
@Suite struct ConnectionTests {
    static func post(_ body: String, _ fields: String = "") -> String {
        "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\(fields)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static let typename = post(#"{"query":"{ __typename }"}"#)

    @Test func pipelinedRequestsGetResponsesInOrder() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            let requests = (0..<500).map { Self.post(#"{"query":"{ a\#($0): __typename }"}"#) }
            raw.send(requests.joined())
            raw.finishSending()
            let text = await raw.readToEnd()
            let expected = (0..<500).map { #"{"data":{"a\#($0)":"Query"}}"# }
            let bodies = text.components(from: "{\"data\"", to: "}}")
            #expect(bodies == expected)
        }
    }

    @Test func aRequestWhoseReplyTakesWaitingHoldsBackThoseAfterIt() async throws {
        let upstream = try await ScriptedServer.start { _ in .http(body: #"{"id":"1"}"#) }
        try await withGateway(upstream: upstream.baseURL) { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(Self.post(#"{"query":"{ thing(id: 1) { id } }"}"#) + Self.typename)
            raw.finishSending()
            let bodies = await raw.readToEnd().components(from: "{\"data\"", to: "}}")
            #expect(bodies == [#"{"data":{"thing":{"id":"1"}}"#, #"{"data":{"__typename":"Query"}}"#])
        }
        try await upstream.shutdown()
    }

    @Test func aRequestMayComeByteByByte() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            for byte in Self.typename.utf8 { raw.send([byte]) }
            #expect(await raw.read(until: "}}").hasSuffix(#"{"data":{"__typename":"Query"}}"#))
        }
    }

    @Test func aChunkedBodyIsTaken() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            raw.send("a\r\n{\"query\":\"\r\n10\r\n{ __typename }\"}\r\n0\r\n\r\n")
            #expect(await raw.read(until: "}}").hasSuffix(#"{"data":{"__typename":"Query"}}"#))
        }
    }

    @Test func aClientThatExpectsItGets100Continue() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            let body = #"{"query":"{ __typename }"}"#
            let request = Self.post(body, "Expect: 100-continue\r\n")
            raw.send(String(request.dropLast(body.count)))
            #expect(await raw.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            raw.send(body)
            #expect(await raw.read(until: "}}").hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    /// Bytes that are no request, and the status and code of the response.
    static let hostile: [(name: String, bytes: String, status: Int, code: String)] = [
        ("no HTTP", "nonsense\r\n\r\n", 400, "BAD_REQUEST"),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\r\n\r\n", 400, "BAD_REQUEST"),
        ("a field without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400, "BAD_REQUEST"),
        ("two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400, "BAD_REQUEST"),
        ("a negative length", "POST /graphql HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400, "BAD_REQUEST"),
        (
            "a field of 100 KB", "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 100_000))\r\n\r\n", 431,
            "HEADERS_TOO_LARGE"
        ),
        (
            "a thousand fields", "GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 1000))\r\n", 431,
            "HEADERS_TOO_LARGE"
        ),
    ]

    @Test func invalidBytesGetAnErrorAfterTheEarlierResponses() async throws {
        try await withGateway { gateway async throws in
            for (name, bytes, status, code) in Self.hostile {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(Self.typename + bytes)
                let text = await raw.readToEnd()
                #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(name)")
                #expect(text.contains("HTTP/1.1 \(status) "), "\(name)")
                #expect(text.contains(#""code":"\#(code)""#), "\(name)")
            }
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
        }
    }

    @Test func aClientThatSendsTenMegabytesReadsTheRefusal() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(Self.post(String(repeating: " ", count: 10 << 20)))
            let text = await raw.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 413 "))
            #expect(text.contains(#""code":"PAYLOAD_TOO_LARGE""#))
        }
    }

    /// What a client sends again and again, behind what it has begun; it is refused for having too many bytes.
    static let padding: [(name: String, begin: String, again: String, status: Int)] = [
        ("an extension of a chunk", "\(chunked)1;x=", "y", 400),
        ("extensions of chunks", chunked, "1;\(String(repeating: "x", count: 99))\r\n \r\n", 400),
        ("empty lines", "", "\r\n", 400),
        ("white space", "GET / HTTP/1.1\r\nX:", " ", 400),
        ("trailers", "\(chunked)0\r\n", "X: \(String(repeating: "y", count: 999))\r\n", 431),
    ]

    private static let chunked =
        "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func paddingOutsideOfFieldsAndBodyIsLimited() async throws {
        try await withGateway { gateway async throws in
            for (name, begin, again, status) in Self.padding {
                let raw = try RawConnection(to: gateway.server.address)
                raw.send(begin + String(repeating: again, count: (700 << 10) / again.utf8.count))
                let text = await raw.read(until: #""code":"#)
                #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(name): \(text)")
                raw.finishSending()
                _ = await raw.readToEnd()
            }
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
        }
    }

    @Test func chunksMayBeSmall() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            let body = #"{"query":"{ __typename }"}"# + String(repeating: " ", count: 60_000)
            raw.send(Self.chunked + body.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n" + Self.typename)
            let text = await raw.read(until: #"{"data":{"__typename":"Query"}}"#, times: 2)
            #expect(!text.contains("HTTP/1.1 400 "))
        }
    }

    @Test func aClientThatDoesNotReadIsNotReadFromAndGetsAllInTheEnd() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            let query = "{ __schema { types { name description fields { name description type { name } } } } }"
            let request = Self.post(#"{"query":"\#(query)"}"#)
            let count = 400
            // The client writes from another thread, as it cannot finish before its responses are read.
            async let isSent = raw.send(String(repeating: request, count: count))
            let other = try await gateway.post(#"{"query":"{ __typename }"}"#)
            #expect(other.status == 200)
            let text = await raw.read(until: "HTTP/1.1 200 OK", times: count)
            #expect(text.components(from: "HTTP/1.1 ", to: "\r\n").count == count)
            #expect(await isSent)
        }
    }

    @Test func anIncompleteRequestIsNotServed() async throws {
        try await withGateway { gateway async throws in
            let raw = try RawConnection(to: gateway.server.address)
            raw.send(String(Self.typename.dropLast(3)))
            raw.finishSending()
            #expect(await !raw.readToEnd().contains("200 OK"))
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
        }
    }
}

extension String {
    /// The pieces from one text to another, both included.
    fileprivate func components(from start: String, to end: String) -> [String] {
        split(separator: start, omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.split(separator: end, maxSplits: 1, omittingEmptySubsequences: false).first.map { start + $0 + end }
        }
    }
}
