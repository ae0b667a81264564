import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// Responses that exceed the size limit, or the time for writing them, are replaced by an error with a code.
@Suite struct ResponseSizeTests {
    /// Nine hundred times the description of each of some hundred rows, for a handful of calls.
    private static let aliases = (0..<900).map { "a\($0):description" }.joined(separator: " ")
    private static let wide = "{ issues(first: 200) { nodes { \(aliases) } } }"

    private func withGateway(
        _ limits: RequestLimits,
        _ body: (SandboxUnderTest, GatewayUnderTest) async throws -> Void
    ) async throws {
        var options = GatewayUnderTest.Options()
        options.limits = limits
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in try await body(sandbox, gateway) }
        }
    }

    private static func limits<Value>(_ member: WritableKeyPath<RequestLimits, Value>, _ value: Value) -> RequestLimits
    {
        var limits = RequestLimits()
        limits[keyPath: member] = value
        return limits
    }

    private func code(_ response: GatewayUnderTest.Response) throws -> JSONValue? {
        try response.json()["errors"]?[0]?["extensions"]?["code"]
    }

    private func call(_ message: JSONValue, of gateway: GatewayUnderTest) async throws -> JSONValue {
        let key = SandboxUnderTest.ownerKey("acme")
        let headers = [
            (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer \(key)"),
        ]
        return try await gateway.send("POST", "/rpc", headers: headers, body: message.serialized()).json()
    }

    @Test func aResponseLargerThanTheLimitIsAnErrorWithACode() async throws {
        try await withGateway(Self.limits(\.maximumResponseBytes, 1 << 20)) { _, gateway in
            let response = try await gateway.askFirst(Self.wide)
            #expect(response.status == 200)
            #expect(response.body.count < 1000)
            #expect(try response.json()["data"] == .null)
            #expect(try code(response) == "RESPONSE_TOO_LARGE")
            // The same rows with fewer fields are no problem.
            #expect(
                try await gateway.askFirst("{ issues(first: 200) { nodes { description } } }").json()["errors"] == nil
            )
        }
    }

    @Test func longerAliasesOfACachedResultAreLimitedToo() async throws {
        try await withGateway(Self.limits(\.maximumResponseBytes, 100_000)) { _, gateway in
            for _ in 0..<4 {
                #expect(try await gateway.askFirst("{ issues(first: 100) { nodes { id } } }").json()["errors"] == nil)
            }
            let alias = String(repeating: "a", count: 2000)
            let response = try await gateway.askFirst("{ issues(first: 100) { nodes { \(alias): id } } }")
            #expect(try code(response) == "RESPONSE_TOO_LARGE")
        }
    }

    @Test func nestedRepetitionIsRefusedAndCostsAHandfulOfCalls() async throws {
        let level = { (inner: String) in "issues(first: 100) { nodes { id project { id \(inner) } } }" }
        let query = "{ \(level(level(level(level(level("name")))))) }"
        try await withGateway(Self.limits(\.maximumCalls, 1_000_000)) { sandbox, gateway in
            let response = try await gateway.askFirst(query)
            #expect(try code(response) == "RESPONSE_TOO_LARGE")
            #expect(sandbox.server.calls().total < 40)
        }
    }

    @Test func jsonRPCHasTheSameLimit() async throws {
        try await withGateway(Self.limits(\.maximumResponseBytes, 1 << 20)) { _, gateway in
            let document: JSONValue = ["query": .string(Self.wide)]
            let execute: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "graphql.execute", "params": document]
            let executed = try await call(execute, of: gateway)
            #expect(executed["result"]?["errors"]?[0]?["extensions"]?["code"] == "RESPONSE_TOO_LARGE")
            let params: JSONValue = ["first": 200, "select": .string("nodes { \(Self.aliases) }")]
            let list: JSONValue = ["jsonrpc": "2.0", "id": 2, "method": "issues.list", "params": params]
            let listed = try await call(list, of: gateway)
            #expect(listed["error"]?["data"]?["code"] == "RESPONSE_TOO_LARGE")
            #expect(listed["error"]?["code"] == -32000)
        }
    }

    @Test func mcpHasTheSameLimit() async throws {
        try await withGateway(Self.limits(\.maximumResponseBytes, 1 << 20)) { _, gateway in
            let select = JSONValue.string("nodes { \(Self.aliases) }")
            let calls: [(tool: String, arguments: JSONValue)] = [
                ("graphql_execute", ["query": .string(Self.wide)]), ("issues_list", ["first": 200, "select": select]),
            ]
            for (tool, arguments) in calls {
                let params: JSONValue = ["name": .string(tool), "arguments": arguments]
                let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params]
                let key = SandboxUnderTest.ownerKey("acme")
                let headers = [
                    (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer \(key)"),
                    (name: "Accept", value: "application/json, text/event-stream"),
                ]
                let response = try await gateway.send("POST", "/mcp", headers: headers, body: message.serialized())
                #expect(response.body.count < 2000)
                let result = try response.json()["result"]
                #expect(result?["isError"] == true, "\(tool)")
                let text = result?["content"]?[0]?["text"]?.stringValue ?? ""
                // An alias is refused by another rule where it is another field's name: these are not.
                #expect(text.contains("RESPONSE_TOO_LARGE"), "\(tool): \(text)")
            }
        }
    }

    @Test func aDeadlineInterruptsTheWriting() async throws {
        let fields = (0..<60).map { "a\($0): fields { name args { name } type { name } }" }.joined(separator: " ")
        let query = "{ __schema { types { \(fields) } } }"
        try await withGateway(Self.limits(\.timeout, .zero)) { _, gateway in
            let response = try await gateway.askFirst(query)
            #expect(try response.json()["data"] == .null)
            #expect(try code(response) == "UPSTREAM_TIMEOUT")
        }
    }

    @Test func theResponsesOfABatchShareTheLimit() async throws {
        var options = GatewayUnderTest.Options()
        options.limits.maximumResponseBytes = 40_000
        options.server.graphQL.maximumBatch = 5
        let query: JSONValue = ["query": "{ issues(first: 100) { nodes { id title description } } }"]
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(options: options) { gateway in
                let key = SandboxUnderTest.ownerKey("acme")
                let headers = [
                    (name: "Content-Type", value: "application/json"), (name: "Authorization", value: "Bearer \(key)"),
                ]
                let body = JSONValue.array([query, query, query]).serialized()
                let response = try await gateway.send("POST", "/graphql", headers: headers, body: body)
                let codes = try #require(try response.json().arrayValue).map {
                    $0["errors"]?[0]?["extensions"]?["code"]
                }
                #expect(codes[0] == nil)
                #expect(codes[2] == "RESPONSE_TOO_LARGE")
                #expect(response.body.count < 45_000)
            }
        }
    }
}
