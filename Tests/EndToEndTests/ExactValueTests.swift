import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// Values reach clients, and arguments the upstream, exactly as they were written.
@Suite struct ExactValueTests {
    private let schema = Source(
        """
        scalar JSON
        type Query {
          thing(id: ID!): Thing @rest(get: "/things/{id}")
          search(price: Float, any: JSON): Thing @rest(get: "/search{?price,any}")
        }
        type Mutation { change(id: ID!, input: ThingInput!): ThingPayload @rest(patch: "/things/{id}") }
        input ThingInput { price: Float amount: JSON }
        type ThingPayload { thing: Thing @written }
        type Thing @entity(get: "/things/{id}") {
          id: ID!
          serial: String
          price: String
          large: String
          amount: JSON
          rate: Float
          text: String
        }
        """
    )

    private static let thing = """
        {"id":"1","serial":1604029199751626752,"price":12.50,"large":1e400,"amount":{"v":[0.10,123456789012345678901234567890]},\
        "rate":3.140,"text":"t"}
        """

    private func withUpstream(
        _ responses: [String: ScriptedResponse],
        _ body: (GatewayUnderTest, ScriptedServer) async throws -> Void
    ) async throws {
        let upstream = try await ScriptedServer.start(responses: responses)
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL) { try await body($0, upstream) }
        try await upstream.shutdown()
    }

    @Test func numbersKeepTheirDigits() async throws {
        try await withUpstream(["/things/1": .http(body: Self.thing)]) { gateway, _ in
            let response = try await gateway.query(#"{ thing(id: "1") { serial price large amount rate } }"#, key: "k")
            #expect(
                response.text
                    == #"{"data":{"thing":{"serial":"1604029199751626752","price":"12.50","large":"1e400","amount":{"v":[0.10,123456789012345678901234567890]},"rate":3.140}}}"#
            )
        }
    }

    @Test func numbersOfArgumentsKeepTheirDigits() async throws {
        let responses = [
            "/things/1": ScriptedResponse.http(body: Self.thing),
            "/search?price=12.50&any=1604029199751626752": .http(body: Self.thing),
        ]
        try await withUpstream(responses) { gateway, upstream in
            let literals = try await gateway.query(
                "{ search(price: 12.50, any: 1604029199751626752) { id } }",
                key: "k"
            )
            #expect(literals.text == #"{"data":{"search":{"id":"1"}}}"#)
            let change = "mutation($i: ThingInput!) { change(id: 1, input: $i) { thing { id } } }"
            let body = #"{"query":"\#(change)","variables":{"i":{"price":12.50,"amount":1604029199751626752}}}"#
            let headers = [
                (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer k"),
            ]
            let response = try await gateway.send("POST", "/graphql", headers: headers, body: Array(body.utf8))
            #expect(response.text == #"{"data":{"change":{"thing":{"id":"1"}}}}"#)
            let sent = upstream.requests().last.map { String(decoding: $0.body, as: UTF8.self) }
            #expect(sent == #"{"price":12.50,"amount":1604029199751626752}"#)
        }
    }

    @Test func aByteOrderMarkIsSkippedBothWays() async throws {
        try await withUpstream(["/things/1": .http(body: "\u{FEFF}" + Self.thing)]) { gateway, _ in
            let body = "\u{FEFF}" + #"{"query":"{ thing(id: \"1\") { text } }"}"#
            let headers = [
                (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer k"),
            ]
            let response = try await gateway.send("POST", "/graphql", headers: headers, body: Array(body.utf8))
            #expect(response.text == #"{"data":{"thing":{"text":"t"}}}"#)
        }
    }

    @Test func halfASurrogatePairOfTheUpstreamIsReplaced() async throws {
        let thing = #"{"id":"1","text":"a\ud83db","amount":{"\udc00":["\ud800",{"x":"\ud83d\ude00"}]}}"#
        try await withUpstream(["/things/1": .http(body: thing)]) { gateway, _ in
            let response = try await gateway.query(#"{ thing(id: "1") { text amount } }"#, key: "k")
            #expect(
                response.text
                    == #"{"data":{"thing":{"text":"a\ufffdb","amount":{"\ufffd":["\ufffd",{"x":"\ud83d\ude00"}]}}}}"#
            )
        }
    }
}
