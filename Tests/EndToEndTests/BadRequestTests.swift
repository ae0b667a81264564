import GatewayTestSupport
import GraphQL
import JSON
import Testing
import Upstream

/// Requests that are wrong in every way that a client can be: a clear error, and the gateway goes on.
@Suite struct BadRequestTests {
    /// A body, and the status and code of its refusal.
    struct BadBody: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: [UInt8]
        let status: Int
        let code: String

        init(_ testDescription: String, _ body: String, status: Int = 400, code: String = "BAD_USER_INPUT") {
            self.init(testDescription, Array(body.utf8), status: status, code: code)
        }

        init(_ testDescription: String, _ body: [UInt8], status: Int = 400, code: String = "BAD_USER_INPUT") {
            self.testDescription = testDescription
            self.body = body
            self.status = status
            self.code = code
        }
    }

    static let braces = String(repeating: "{a", count: 10_000)

    static let bodies = [
        BadBody("nothing", ""),
        BadBody("truncated JSON", #"{"query":"{ thing"#),
        BadBody("no object", "[1]"),
        BadBody("no query", #"{"variables":{}}"#),
        BadBody("a query that is a number", #"{"query":1}"#),
        BadBody("variables that are a list", #"{"query":"{ thing { id } }","variables":[1]}"#),
        BadBody("an operation name that is a number", #"{"query":"{ thing { id } }","operationName":1}"#),
        BadBody("invalid UTF-8", Array(#"{"query":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)),
        BadBody("10,000 nested arrays", String(repeating: "[", count: 10_000)),
        BadBody(
            "a document of 10,000 nested braces",
            #"{"query":"\#(braces)"}"#,
            status: 200,
            code: "GRAPHQL_PARSE_FAILED"
        ),
        BadBody("no GraphQL", #"{"query":"select * from things"}"#, status: 200, code: "GRAPHQL_PARSE_FAILED"),
        BadBody("an unknown field", #"{"query":"{ nothing }"}"#, status: 200, code: "GRAPHQL_VALIDATION_FAILED"),
        BadBody("a missing variable", #"{"query":"query($id: ID!) { thing(id: $id) { id } }"}"#, status: 200),
        BadBody(
            "an unknown operation",
            #"{"query":"query A { thing(id: 1) { id } }","operationName":"B"}"#,
            status: 200
        ),
    ]

    @Test(arguments: bodies)
    func aBadBodyGetsAClearError(bad: BadBody) async throws {
        try await GatewayUnderTest.run(schema: schema, upstream: "http://127.0.0.1:1") { gateway in
            let response = try await gateway.send("POST", "/graphql", headers: json, body: bad.body)
            #expect(response.status == bad.status)
            #expect(try response.json()["errors"]?[0]?["extensions"]?["code"] == .string(bad.code))
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
        }
    }

    @Test func aBodyOfTenMegabytesIsRefused() async throws {
        try await GatewayUnderTest.run(schema: schema, upstream: "http://127.0.0.1:1") { gateway async throws in
            let body = Array(repeating: UInt8(ascii: " "), count: 10 << 20)
            // The gateway responds before it has read all; a client may see the response or a connection that broke.
            if let response = try? await gateway.send("POST", "/graphql", headers: json, body: body) {
                #expect(response.status == 413)
            }
            #expect(try await gateway.send("GET", "/health/ready").status == 200)
        }
    }

    @Test func otherPathsMethodsAndMediaTypesGetErrorsThatNameTheRightOnes() async throws {
        try await GatewayUnderTest.run(schema: schema, upstream: "http://127.0.0.1:1") { gateway in
            #expect(try await gateway.send("GET", "/unknown").status == 404)
            let deleted = try await gateway.send("DELETE", "/graphql")
            #expect(deleted.status == 405)
            #expect(deleted.headers.first("allow")?.contains("POST") == true)
            let text = try await gateway.send(
                "POST",
                "/graphql",
                headers: [(name: "Content-Type", value: "text/plain")],
                body: Array("{ thing }".utf8)
            )
            #expect(text.status == 415)
        }
    }

    private let json = [(name: "Content-Type", value: "application/json")]

    private let schema = Source(
        """
        type Query { thing(id: ID!): Thing @rest(get: "/things/{id}") }
        type Thing { id: ID! name: String }
        """
    )
}
