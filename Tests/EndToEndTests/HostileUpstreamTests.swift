import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// Upstreams that answer badly or not at all: the field fails with a code, the rest of the answer stays.
@Suite struct HostileUpstreamTests {
    /// What the upstream does, and the code that the client sees.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: ScriptedAnswer
        let code: String
    }

    static let faults = [
        Fault(testDescription: "closes at once", answer: .closed, code: "UPSTREAM_ERROR"),
        Fault(testDescription: "resets", answer: .reset, code: "UPSTREAM_ERROR"),
        Fault(
            testDescription: "closes in mid-body",
            answer: .http(claimingLength: 500, body: #"{"id":"1","na"#),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "claims too short a length",
            answer: .http(claimingLength: 5, body: #"{"id":"1","name":"n"}"#),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "sends HTML",
            answer: .http(headers: [("Content-Type", "text/html")], body: "<html><body>Bad gateway</body></html>"),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "answers 500 with a secret",
            answer: .http(500, body: #"{"error":"stack trace with secret"}"#),
            code: "UPSTREAM_ERROR"
        ),
        Fault(
            testDescription: "repeats the key",
            answer: .http(401, body: #"{"message":"The key Bearer secret-key is not known."}"#),
            code: "UNAUTHENTICATED"
        ),
        Fault(
            testDescription: "sends half a JSON",
            answer: .http(body: #"{"id":"1","#),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(testDescription: "sends nothing", answer: .http(body: ""), code: "UPSTREAM_INVALID_RESPONSE"),
        Fault(
            testDescription: "sends invalid UTF-8",
            answer: ScriptedAnswer([
                .send(
                    Array("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"id\":\"".utf8) + [0xFF, 0xFE]
                        + Array("1\"}".utf8)
                )
            ]),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "does not speak HTTP",
            answer: .text("SSH-2.0-OpenSSH\r\n").thenClose(),
            code: "UPSTREAM_INVALID_RESPONSE"
        ),
        Fault(
            testDescription: "redirects elsewhere",
            answer: .http(302, headers: [("Location", "http://127.0.0.1:1/stolen")], body: ""),
            code: "UPSTREAM_ERROR"
        ),
        Fault(testDescription: "sends no object", answer: .http(body: "17"), code: "none"),
        Fault(
            testDescription: "limits the rate",
            answer: .http(429, headers: [("Retry-After", "7")], body: ""),
            code: "RATE_LIMITED"
        ),
        Fault(testDescription: "never answers", answer: .never, code: "UPSTREAM_TIMEOUT"),
    ]

    @Test(arguments: faults)
    func aFaultFailsItsOwnFieldOnly(fault: Fault) async throws {
        let upstream = try await ScriptedServer.start(answers: [
            "/things/bad": fault.answer,
            "/things/good": .http(body: #"{"id":"good","name":"n"}"#),
        ])
        var options = GatewayUnderTest.Options()
        // Only who never answers is to be given up: the machine may be busy.
        options.upstreamTimeout = fault.code == "UPSTREAM_TIMEOUT" ? .milliseconds(400) : .seconds(60)
        options.limits.timeout = fault.code == "UPSTREAM_TIMEOUT" ? .seconds(2) : .seconds(120)
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL, options: options) { gateway in
            let query = #"{ good: thing(id: "good") { id name } bad: thing(id: "bad") { id name } }"#
            let answer = try await gateway.query(query, key: "secret-key")
            let json = try answer.json()
            #expect(answer.status == 200)
            #expect(json["data"]?["good"] == ["id": "good", "name": "n"])
            #expect(json["data"]?["bad"] == .null)
            let error = try #require(json["errors"]?[0])
            #expect(error["path"]?[0] == "bad")
            if fault.code != "none" { #expect(error["extensions"]?["code"] == .string(fault.code)) }
            #expect(!answer.text.contains("secret"))
            #expect(json["errors"]?.arrayValue?.count == 1)
        }
        try await upstream.shutdown()
    }

    @Test func nobodyListens() async throws {
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
