import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// Upstreams with broken responses or none: the field fails with a code, the rest of the response stays.
@Suite struct HostileUpstreamTests {
    /// What the upstream does, and the code that the client sees.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let response: ScriptedResponse
        let code: String
    }

    static let faults = [
        Fault(testDescription: "closes at once", response: .closed, code: "UPSTREAM_ERROR"),
        Fault(testDescription: "resets", response: .reset, code: "UPSTREAM_ERROR"),
        Fault(
            testDescription: "closes in mid-body",
            response: .http(claimingLength: 500, body: #"{"id":"1","na"#),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "claims too short a length",
            response: .http(claimingLength: 5, body: #"{"id":"1","name":"n"}"#),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "sends HTML",
            response: .http(headers: [("Content-Type", "text/html")], body: "<html><body>Bad gateway</body></html>"),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "responds with 500 and a secret",
            response: .http(500, body: #"{"error":"stack trace with secret"}"#),
            code: "UPSTREAM_ERROR"
        ),
        Fault(
            testDescription: "repeats the key",
            response: .http(401, body: #"{"message":"The key Bearer secret-key is not known."}"#),
            code: "UNAUTHENTICATED"
        ),
        Fault(
            testDescription: "sends half a JSON",
            response: .http(body: #"{"id":"1","#),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(testDescription: "sends nothing", response: .http(body: ""), code: "UPSTREAM_INVALID_RESPONSE"),
        Fault(
            testDescription: "sends invalid UTF-8",
            response: ScriptedResponse([
                .send(
                    Array("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"id\":\"".utf8) + [0xFF, 0xFE]
                        + Array("1\"}".utf8)
                )
            ]),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "does not speak HTTP",
            response: .text("SSH-2.0-OpenSSH\r\n").thenClose(),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "redirects elsewhere",
            response: .http(302, headers: [("Location", "http://127.0.0.1:1/stolen")], body: ""),
            code: "UPSTREAM_ERROR"
        ),
        Fault(testDescription: "sends no object", response: .http(body: "17"), code: "none"),
        Fault(
            testDescription: "limits the rate",
            // Longer than the request may take, so that nobody waits for it.
            response: .http(429, headers: [("Retry-After", "3600")], body: ""),
            code: "RATE_LIMITED"
        ),
    ]

    @Test(arguments: faults)
    func aFaultFailsItsOwnFieldOnly(fault: Fault) async throws {
        let upstream = try await ScriptedServer.start(responses: [
            "/things/bad": fault.response,
            "/things/good": .http(body: #"{"id":"good","name":"n"}"#),
        ])
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL) { gateway in
            let query = #"{ good: thing(id: "good") { id name } bad: thing(id: "bad") { id name } }"#
            let response = try await gateway.query(query, key: "secret-key")
            let json = try response.json()
            #expect(response.status == 200)
            #expect(json["data"]?["good"] == ["id": "good", "name": "n"])
            #expect(json["data"]?["bad"] == .null)
            let error = try #require(json["errors"]?[0])
            #expect(error["path"]?[0] == "bad")
            if fault.code != "none" { #expect(error["extensions"]?["code"] == .string(fault.code)) }
            #expect(!response.text.contains("secret"))
            #expect(json["errors"]?.arrayValue?.count == 1)
        }
        try await upstream.shutdown()
    }

    @Test func anUpstreamThatNeverRespondsTimesOut() async throws {
        let upstream = try await ScriptedServer.start(responses: ["/things/bad": .never])
        var options = GatewayUnderTest.Options()
        // Nothing else is asked for: however slow the machine is, nothing comes in time.
        options.upstreamTimeout = .milliseconds(400)
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL, options: options) { gateway in
            let json = try await gateway.query(#"{ bad: thing(id: "bad") { id name } }"#).json()
            #expect(json["data"] == ["bad": .null])
            #expect(json["errors"]?.arrayValue?.map { $0["message"] } == ["The upstream did not respond in time."])
            #expect(json["errors"]?[0]?["path"] == ["bad"])
            #expect(
                json["errors"]?[0]?["extensions"] == ["code": "UPSTREAM_TIMEOUT", "workspace": "main"]
            )
        }
        try await upstream.shutdown()
    }

    @Test func aClosedPortFailsTheField() async throws {
        try await GatewayUnderTest.run(schema: schema, upstream: "http://127.0.0.1:1") { gateway in
            let json = try await gateway.query(#"{ thing(id: "1") { id } }"#).json()
            #expect(json["data"] == ["thing": .null])
            #expect(json["errors"]?[0]?["extensions"]?["code"] == "UPSTREAM_ERROR")
        }
    }

    private let schema = Source(
        """
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Thing { id: ID! name: String }
        """
    )
}
