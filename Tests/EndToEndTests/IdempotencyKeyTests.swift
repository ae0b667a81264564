import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// `Idempotency-Key` over HTTP, at every endpoint that writes.
@Suite struct IdempotencyKeyTests {
    private static let text = #"mutation { createProject(input: { name: "New" }) { project { id name } } }"#
    private static let body: JSONValue = ["query": .string(text)]

    private func headers(_ key: String) -> [(name: String, value: String)] {
        [
            (name: "Content-Type", value: "application/json"), (name: "Idempotency-Key", value: key),
            (name: "Authorization", value: "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
        ]
    }

    private func run(
        batch: Int = 0,
        _ body: (SandboxUnderTest, GatewayUnderTest) async throws -> Void
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.server.graphQL.maximumBatch = batch
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { try await body(sandbox, $0) }
        }
    }

    @Test func repeatedMutationIsCarriedOutOnce() async throws {
        try await run { sandbox, gateway in
            func post(_ key: String, _ body: JSONValue) async throws -> GatewayUnderTest.Response {
                try await gateway.send("POST", "/graphql", headers: headers(key), body: body.serialized())
            }
            let first = try await post("\"one\"", Self.body)
            let again = try await post("one", Self.body)
            #expect(first.status == 200 && again.status == 200)
            #expect(try first.json()["data"]?["createProject"]?["project"]?["name"] == "New")
            #expect(again.body == first.body)
            #expect(first.headers.first("idempotent-replayed") == nil)
            #expect(again.headers.first("idempotent-replayed") == "true")
            let other = try await post("one", ["query": .string(Self.text), "variables": ["a": 1]])
            #expect(other.status == 422)
            #expect(try other.json()["errors"]?[0]?["extensions"]?["code"] == "IDEMPOTENCY_KEY_REUSED")
            #expect(try await post("a b", Self.body).status == 400)
            #expect(sandbox.server.calls().count(of: "POST /projects") == 1)
            #expect(other.headers.first("idempotent-replayed") == nil)
            // A query needs no key, and none is read.
            #expect(try await post("a b", ["query": "{ __typename }"]).status == 200)
        }
    }

    /// The response is that of the first request, its report included: what the write took then.
    @Test func replayHasTheFirstResponsesBytesAndAHeader() async throws {
        try await run { sandbox, gateway in
            func post() async throws -> GatewayUnderTest.Response {
                let fields = headers("one") + [(name: "Gateway-Report", value: "calls")]
                return try await gateway.send("POST", "/graphql", headers: fields, body: Self.body.serialized())
            }
            let (first, again) = (try await post(), try await post())
            #expect(try first.json()["extensions"]?["calls"]?["made"] == 1)
            #expect(again.body == first.body)
            #expect(first.headers.first("idempotent-replayed") == nil)
            #expect(again.headers.first("idempotent-replayed") == "true")
            #expect(sandbox.server.calls().count(of: "POST /projects") == 1)
        }
    }

    @Test func eachRequestOfABatchIsWrittenOnce() async throws {
        try await run(batch: 3) { sandbox, gateway in
            let both = JSONValue.array([Self.body, Self.body]).serialized()
            let first = try await gateway.send("POST", "/graphql", headers: headers("one"), body: both)
            let again = try await gateway.send("POST", "/graphql", headers: headers("one"), body: both)
            #expect(try first.json()[1]?["data"]?["createProject"]?["project"]?["name"] == "New")
            #expect(again.body == first.body)
            #expect(first.headers.first("idempotent-replayed") == nil)
            #expect(again.headers.first("idempotent-replayed") == "true")
            #expect(sandbox.server.calls().count(of: "POST /projects") == 2)
            // One of these was carried out before, the other was not.
            let three = JSONValue.array([Self.body, Self.body, Self.body]).serialized()
            let partly = try await gateway.send("POST", "/graphql", headers: headers("one"), body: three)
            #expect(partly.headers.first("idempotent-replayed") == nil)
            #expect(sandbox.server.calls().count(of: "POST /projects") == 3)
        }
    }

    @Test func callsWriteOnceWhateverTheirIDIs() async throws {
        try await run { sandbox, gateway in
            func post(_ id: Int, _ params: JSONValue, key: String?) async throws -> JSONValue {
                let message: JSONValue = [
                    "jsonrpc": "2.0", "id": .integer(id), "method": "graphql.execute", "params": params,
                ]
                let all = headers(key ?? "").filter { key != nil || $0.name != "Idempotency-Key" }
                return try await gateway.send("POST", "/rpc", headers: all, body: message.serialized()).json()
            }
            let first = try await post(1, Self.body, key: "one")
            let again = try await post(2, Self.body, key: "one")
            #expect(again["id"] == 2)
            #expect(again["result"] == first["result"])
            let stated: JSONValue = ["query": .string(Self.text), "extensions": ["idempotencyKey": "two"]]
            let third = try await post(3, stated, key: nil)
            #expect(try await post(4, stated, key: nil)["result"] == third["result"])
            #expect(sandbox.server.calls().count(of: "POST /projects") == 2)
            let other = try await post(5, ["query": "mutation { __typename }"], key: "one")
            #expect(other["error"]?["data"]?["code"] == "IDEMPOTENCY_KEY_REUSED")
        }
    }
}
