import Testing
import Upstream

/// Responses whose head states their length more than once.
@Suite struct ContradictoryLengthTests {
    @Test(arguments: [
        ("Content-Length: 2\r\nContent-Length: 5", Outcome.failure(.malformedResponse, sent: true)),
        ("Content-Length: 5\r\ncontent-length:2", .failure(.malformedResponse, sent: true)),
        ("Content-Length: 5, 2", .failure(.malformedResponse, sent: true)),
        ("Content-Length: 5\r\nX: y\r\nContent-Length: 5", .response(200, "hello")),
        ("Content-Lengthy: 2\r\nContent-Length: 5", .response(200, "hello")),
    ])
    func twoLengthsThatDifferMakeTheResponseUnusable(fields: String, expected: Outcome) async throws {
        let server = try SocketServer { peer in
            while peer.readRequest() != nil { peer.write("HTTP/1.1 200 OK\r\n\(fields)\r\n\r\nhello") }
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == expected)
        }
    }

    @Test func anInterimResponseHasALengthOfItsOwn() async throws {
        let server = try SocketServer { peer in
            guard peer.readRequest() != nil else { return }
            peer.write("HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n")
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        }
        try await withTransport(to: server) { transport in
            #expect(await transport.outcome("GET", server.url()) == .response(200, "hello"))
        }
    }

    @Test func aLocalShortageIsNoFailureOfTheUpstream() {
        let shortage = TransportError(.resourcesExhausted, "No descriptor.", requestMayHaveBeenSent: false)
        #expect(shortage.showsThatUpstreamWorks == nil)
        #expect(shortage.isRetryable)
    }
}
