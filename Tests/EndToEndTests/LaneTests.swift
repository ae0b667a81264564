import Gateway
import GatewayTestSupport
import JSON
import Sandbox
import Testing
import Upstream

/// Assistants, scripts and people who spend the same key.
@Suite struct LaneTests {
    /// Lends a gateway in front of a sandbox with the limit of the plan Standard; for budgets no time passes.
    private func run(
        lanes: BudgetLanes = BudgetLanes(),
        _ body: (GatewayUnderTest, SandboxUnderTest) async throws -> Void
    ) async throws {
        let configuration = SandboxUnderTest.configuration { sandbox in
            sandbox.plan = .standard
            // Its minute does not pass either, however long the machine takes.
            let now = sandbox.now()
            sandbox.now = { now }
            sandbox.behavior.reset = .seconds
        }
        var options = GatewayUnderTest.Options()
        let start = ContinuousClock.now
        options.budgetNow = { start }
        options.lanes = lanes
        // Less than the time until what is held back is lent.
        options.limits.timeout = .seconds(10)
        try await SandboxUnderTest.run(configuration) { sandbox in
            try await sandbox.withGateway(options: options) { try await body($0, sandbox) }
        }
    }

    private static let headers = [
        ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
        ("Authorization", "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
    ]

    /// Calls a tool that costs one call, another one for each number.
    private static func call(
        _ number: Int,
        on gateway: GatewayUnderTest,
        session: String? = nil,
        key: String = SandboxUnderTest.ownerKey("acme")
    ) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": "issues_get", "arguments": ["id": .string("none_\(number)"), "select": "id"]],
        ]
        let own = session.map { [("Mcp-Session-Id", $0)] } ?? []
        let common = headers.filter { $0.0 != "Authorization" } + [("Authorization", "Bearer \(key)")]
        let response = try await gateway.send("POST", "/mcp", headers: common + own, body: message.serialized())
        return try #require(try response.json()["result"])
    }

    /// Begins a session; returns its id.
    private static func begin(on gateway: GatewayUnderTest) async throws -> String? {
        let params: JSONValue = [
            "protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "t", "version": "1"],
        ]
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params]
        let response = try await gateway.send("POST", "/mcp", headers: headers, body: message.serialized())
        return response.headers.first("mcp-session-id")
    }

    /// What the text of a failed tool says.
    private static func error(_ result: JSONValue) throws -> JSONValue {
        #expect(result["isError"] == true)
        return try JSONValue(parsing: Array((result["content"]?[0]?["text"]?.stringValue ?? "").utf8))
    }

    @Test func assistantsLeavePeopleWhatTheyNeed() async throws {
        try await run { gateway, sandbox in
            func read(_ number: Int) async throws -> JSONValue {
                let text = "{ issue(id: \"missing_\(number)\") { id } }"
                let response = try await gateway.send(
                    "POST",
                    "/graphql",
                    headers: Self.headers.filter { $0.0 != "Accept" } + [("Gateway-Report", "calls")],
                    body: JSONValue.object(["query": .string(text)]).serialized()
                )
                return try response.json()
            }
            _ = try await read(0)
            var refused = 0
            for number in 0..<60 {
                let result = try await Self.call(number, on: gateway)
                guard result["structuredContent"] == nil else { continue }
                let error = try Self.error(result)
                guard error["data"]?["code"] == "RATE_LIMITED" else { continue }
                refused += 1
                let seconds = try #require(error["data"]?["retryAfter"]?.intValue)
                #expect((30...61).contains(seconds))
                #expect(
                    error["message"]
                        == .string("The upstream rate limit for this key is exhausted; retry in \(seconds) seconds.")
                )
                #expect(result["_meta"]?["calls"]?["made"] == 0)
            }
            // Of 100 calls 60 are held back for people, who have made one of them.
            #expect(refused == 20)
            // A lookup takes one call, and now and then those of a list.
            for number in 1..<40 {
                let response = try await read(number)
                #expect(response["extensions"]?["calls"]?["waitedMs"] == 0)
                #expect(response["errors"] == nil)
            }
            #expect(sandbox.server.calls().count(ofStatus: 429) == 0)
        }
    }

    @Test func aSessionOfAnAssistantHasACap() async throws {
        try await run(lanes: try BudgetLanes(["agents session-calls=2"])) { gateway, _ in
            let session = try #require(try await Self.begin(on: gateway))
            for (number, left) in [(1, 1), (2, 0)] {
                let result = try await Self.call(number, on: gateway, session: session)
                #expect(result["_meta"]?["calls"]?["remainingInSession"] == .integer(left))
            }
            let error = try Self.error(try await Self.call(3, on: gateway, session: session))
            #expect(
                error["message"] == "This session has spent its 2 upstream calls; pause for 600 seconds, then retry."
            )
            #expect(error["data"]?["code"] == "RATE_LIMITED")
            #expect(error["data"]?["retryAfter"] == 600)
            // What is cached costs nothing.
            let cached = try await Self.call(2, on: gateway, session: session)
            #expect(cached["_meta"]?["calls"]?["made"] == 0)
            // Others have sessions of their own, and those without an id one together.
            let second = try #require(try await Self.begin(on: gateway))
            let other = try await Self.call(4, on: gateway, session: second)
            #expect(other["_meta"]?["calls"]?["remainingInSession"] == 1)
            let none = try await Self.call(5, on: gateway)
            #expect(none["_meta"]?["calls"]?["remainingInSession"] == 1)
        }
    }

    @Test func inventedSessionIDsShareOneCap() async throws {
        try await run(lanes: try BudgetLanes(["agents session-calls=2"])) { gateway, _ in
            // They have the form of ids: of others nothing is called at all.
            func madeUp(_ number: Int) -> String {
                let half = String(repeating: "\(number)", count: 32)
                return "\(half).\(half)"
            }
            for (number, left) in [(1, 1), (2, 0)] {
                let result = try await Self.call(number, on: gateway, session: madeUp(number))
                #expect(result["_meta"]?["calls"]?["remainingInSession"] == .integer(left))
            }
            let error = try Self.error(try await Self.call(3, on: gateway, session: madeUp(3)))
            #expect(error["data"]?["code"] == "RATE_LIMITED")
        }
    }

    @Test func withoutACapNoCallsOfSessionsAreCounted() async throws {
        try await run { gateway, _ in
            let session = try await Self.begin(on: gateway)
            let result = try await Self.call(1, on: gateway, session: session)
            #expect(result["_meta"]?["calls"]?["remainingInSession"] == nil)
        }
    }

    /// Whoever begins session after session makes no more calls than so many sessions have.
    @Test func theSessionsOfAClientHaveACapTogether() async throws {
        try await run(
            lanes: try BudgetLanes(["agents session-calls=1 share=100", "people share=0", "scripts share=0"])
        ) {
            gateway,
            _ in
            for number in 1...10 {
                let session = try #require(try await Self.begin(on: gateway))
                let result = try await Self.call(number, on: gateway, session: session)
                #expect(result["_meta"]?["calls"]?["made"] == 1, "\(result)")
            }
            let session = try #require(try await Self.begin(on: gateway))
            let refused = try await Self.call(11, on: gateway, session: session)
            let error = try Self.error(refused)
            #expect(
                error["message"]
                    == "The sessions of this client have spent their 10 upstream calls together; retry in 600 seconds."
            )
            #expect(error["data"]?["code"] == "RATE_LIMITED" && error["data"]?["retryAfter"] == 600)
            #expect(refused["_meta"]?["calls"]?["remainingInSession"] == 0)
            // Another client is not concerned.
            let other = try await Self.call(12, on: gateway, key: SandboxUnderTest.ownerKey("acme") + "_guest")
            #expect(other["_meta"]?["calls"]?["made"] == 1, "\(other)")
        }
    }
}
