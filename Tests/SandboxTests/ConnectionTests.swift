import JSON
import Sandbox
import Testing

@Suite struct ConnectionTests {
    @Test(arguments: [Duration.zero, .milliseconds(5)])
    func pipelinedRequestsGetResponsesInOrder(latency: Duration) async throws {
        try await SandboxHarness.run {
            $0.latency = latency
            $0.faults.delayRate = 0.5
            $0.faults.delay = .milliseconds(10)
        } body: { harness in
            let ids = try await harness.send("GET", "/issues?per_page=60").ids
            let text = ids.enumerated().map { number, id in
                let headers = number == ids.count - 1 ? ["Connection: close"] : []
                return harness.request("GET", "/api/v1/issues/\(id)", key: "wsk_live_acme", headers: headers, body: nil)
            }
            let replies = HTTPReply.parse(try await HTTPExchange.bytes(text.joined(), port: harness.server.port))
            #expect(replies.map { $0.json?["id"]?.stringValue } == ids)
        }
    }

    @Test func aThousandPipelinedRequestsAllGetResponses() async throws {
        try await SandboxHarness.run {
            $0.latency = .milliseconds(1)
        } body: { harness in
            let one = harness.request("GET", "/api/v1/issues", key: "wsk_live_acme", headers: [], body: nil)
            let last = harness.request(
                "GET",
                "/api/v1/x",
                key: "wsk_live_acme",
                headers: ["Connection: close"],
                body: nil
            )
            let text = String(repeating: one, count: 1000) + last
            let replies = HTTPReply.parse(try await HTTPExchange.bytes(text, port: harness.server.port))
            #expect(replies.map(\.status) == Array(repeating: 200, count: 1000) + [404])
        }
    }

    @Test func whatIsNotHTTPIs400() async throws {
        try await SandboxHarness.run { harness in
            let replies = HTTPReply.parse(try await HTTPExchange.bytes("nonsense\r\n\r\n", port: harness.server.port))
            #expect(replies.map(\.status) == [400])
            #expect(try await harness.send("GET", "/projects").status == 200)
        }
    }

    @Test func aBodyThatIsExpectedIsAskedFor() async throws {
        try await SandboxHarness.run { harness in
            let headers = ["Expect: 100-continue", "Connection: close"]
            let body = #"{"name":"x"}"#
            let request = harness.request(
                "POST",
                "/api/v1/projects",
                key: "wsk_live_acme",
                headers: headers,
                body: body
            )
            let replies = HTTPReply.parse(try await HTTPExchange.bytes(request, port: harness.server.port))
            #expect(replies.map(\.status) == [100, 201])
        }
    }
}
