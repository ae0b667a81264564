import Gateway
import GatewayServer
import GatewayTestSupport
import Testing

/// Requests in pieces beside equal ones: they get stored responses, and wait for one execution, as whole ones do.
@Suite(.timeLimit(.minutes(15))) struct DividedWaitingTests {
    private typealias Held = RepeatedRequestTests.Held

    private static let pieces: [String] = {
        let text = RepeatedRequestTests.request()
        let head = text.prefix(upTo: text.firstRange(of: "{")?.lowerBound ?? text.endIndex)
        return [String(head), String(text.dropFirst(head.count))]
    }()
    private static func end(_ id: String = "a") -> String { #"{"data":{"thing":{"id":"\#(id)","name":"A"}}}"# }

    /// Waits until the only event loop has read what was sent before: it is in a later turn.
    private func settle(_ held: Held) async throws {
        let other = try RawConnection(to: held.server.address)
        for _ in 1...2 {
            other.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(await other.read(until: "\r\n\r\n").contains("HTTP/1.1 200 "))
        }
    }

    private func sendInPieces(_ connection: RawConnection, _ held: Held) async throws {
        connection.send(Self.pieces[0])
        try await settle(held)
        connection.send(Self.pieces[1])
    }

    @Test func aStoredResponseIsSentToARequestInPieces() async throws {
        try await Held.run(isOpen: true, threads: 1) { held in
            let connection = try RawConnection(to: held.server.address)
            for _ in 1...12 {
                try await sendInPieces(connection, held)
                #expect(await connection.read(until: Self.end()).hasSuffix(Self.end()))
            }
            #expect(held.service.repeatedResponseCount > 0)
            #expect(held.upstream.paths == ["/things/a"])
            // The next one is another request, whichever way the last response was sent.
            connection.send(RepeatedRequestTests.request("b", isLast: true))
            #expect(await connection.readToEnd().hasSuffix(Self.end("b")))
        }
    }

    @Test func requestsInPiecesWaitForOneExecution() async throws {
        try await Held.run(isOpen: false, threads: 1) { held in
            let address = held.server.address
            // The head becomes known by requests for something else.
            let filling = try RawConnection(to: address)
            for number in 1...4 {
                filling.send(RepeatedRequestTests.request("b"))
                if number == 1 {
                    await held.upstream.requests(reach: 1)
                    held.upstream.release("/things/b")
                }
                #expect(await filling.read(until: Self.end("b")).hasSuffix(Self.end("b")))
            }
            let connections = try (0..<4).map { _ in try RawConnection(to: address) }
            for connection in connections { try await sendInPieces(connection, held) }
            await held.waiting(reach: 3)
            for connection in connections.dropFirst() {
                connection.send(Self.pieces[0])
                try await settle(held)
                connection.send(Self.pieces[1])
            }
            held.upstream.open()
            for (number, connection) in connections.enumerated() {
                let times = number == 0 ? 1 : 2
                let responses = await connection.read(until: Self.end(), times: times)
                #expect(responses.split(separator: Self.end(), omittingEmptySubsequences: false).count == times + 1)
            }
            #expect(held.upstream.paths.filter { $0 == "/things/a" }.count == 1)
        }
    }

    // MARK: - Clients that close their side

    /// A request that waits for one that fails is served by itself, although its client will send nothing more.
    @Test func aWaitingRequestWhoseClientSendsNothingMoreIsServed() async throws {
        try await Held.run(isOpen: false, threads: 1) { held in
            let address = held.server.address
            let (leader, follower) = (try RawConnection(to: address), try RawConnection(to: address))
            leader.send(RepeatedRequestTests.request("missing"))
            await held.upstream.requests(reach: 1)
            follower.send(RepeatedRequestTests.request("missing"))
            await held.waiting(reach: 1)
            follower.finishSending()
            try await settle(held)
            held.upstream.open()
            #expect(await leader.read(until: "\"errors\"").contains("HTTP/1.1 200 "))
            #expect(await follower.readToEnd().contains("\"errors\""))
        }
    }

    @Test func aRequestBehindAWaitingOneIsServedIfNothingMoreComes() async throws {
        try await Held.run(isOpen: false, threads: 1) { held in
            let address = held.server.address
            let (leader, follower) = (try RawConnection(to: address), try RawConnection(to: address))
            leader.send(RepeatedRequestTests.request())
            await held.upstream.requests(reach: 1)
            follower.send(RepeatedRequestTests.request())
            await held.waiting(reach: 1)
            follower.send(RepeatedRequestTests.request("b"))
            follower.finishSending()
            try await settle(held)
            held.upstream.open()
            let responses = await follower.readToEnd()
            #expect(responses.contains(Self.end()))
            #expect(responses.hasSuffix(Self.end("b")))
        }
    }
}
