import GatewayServer
import GatewayTestSupport
import Testing

/// Requests that differ in nothing but their bodies, over one connection: each gets its own response, however it arrives.
@Suite(.timeLimit(.minutes(15))) struct RepeatedHeadTests {
    private typealias Held = RepeatedRequestTests.Held

    private static func end(_ id: String) -> String { #"{"data":{"thing":{"id":"\#(id)","name":"A"}}}"# }

    /// Sends requests of one head until that has come often enough to be known.
    private func fill(_ connection: RawConnection) async {
        for id in ["a", "b", "c", "d"] {
            connection.send(RepeatedRequestTests.request(id))
            #expect(await connection.read(until: Self.end(id)).hasSuffix(Self.end(id)))
        }
    }

    @Test func eachRequestGetsItsOwnResponse() async throws {
        try await Held.run(isOpen: true) { held in
            let connection = try RawConnection(to: held.server.address)
            await fill(connection)
            for id in "efghefghabcd".map(String.init) {
                connection.send(RepeatedRequestTests.request(id))
                #expect(await connection.read(until: Self.end(id)).hasSuffix(Self.end(id)))
            }
            #expect(held.upstream.paths == "abcdefgh".map { "/things/\($0)" })
        }
    }

    @Test func anotherConnectionKnowsTheHeadToo() async throws {
        try await Held.run(isOpen: true) { held in
            await fill(try RawConnection(to: held.server.address))
            for id in ["x", "y", "z"] {
                let connection = try RawConnection(to: held.server.address)
                connection.send(RepeatedRequestTests.request(id))
                #expect(await connection.read(until: Self.end(id)).hasSuffix(Self.end(id)))
            }
        }
    }

    @Test func aBodyThatComesInPartsIsWaitedFor() async throws {
        try await Held.run(isOpen: true) { held in
            let connection = try RawConnection(to: held.server.address)
            await fill(connection)
            let text = RepeatedRequestTests.request("p")
            connection.send(String(text.dropLast(10)))
            // Another connection is served meanwhile, so that the part has been read.
            let other = try RawConnection(to: held.server.address)
            await fill(other)
            connection.send(String(text.suffix(10)))
            #expect(await connection.read(until: Self.end("p")).hasSuffix(Self.end("p")))
            await fill(connection)
        }
    }

    @Test func requestsThatComeTogetherAreServedInOrder() async throws {
        try await Held.run(isOpen: true) { held in
            let connection = try RawConnection(to: held.server.address)
            await fill(connection)
            connection.send(["r", "s", "t"].map { RepeatedRequestTests.request($0) }.joined())
            let responses = await connection.read(until: Self.end("t"))
            let bodies = ["r", "s", "t"].map { Self.end($0) }
            #expect(bodies.map { responses.contains($0) } == [true, true, true])
            await fill(connection)
        }
    }

    @Test func aRequestThatEndsItsConnectionIsTheLast() async throws {
        try await Held.run(isOpen: true) { held in
            for _ in 1...4 {
                let connection = try RawConnection(to: held.server.address)
                connection.send(RepeatedRequestTests.request("a", isLast: true))
                #expect(await connection.readToEnd().hasSuffix(Self.end("a")))
            }
        }
    }

    @Test func malformedRequestIsRefusedAfterRepeatedHeads() async throws {
        try await Held.run(isOpen: true) { held in
            let connection = try RawConnection(to: held.server.address)
            await fill(connection)
            let text = RepeatedRequestTests.request("a").replacing("Content-Length: ", with: "Content-Length: x")
            connection.send(text)
            #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 400 "))
        }
    }
}
