import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// Lists of MCP are whole, so that there is no second page which a cursor could name.
@Suite struct MCPPageTests {
    private static let methods = ["tools/list", "resources/list", "resources/templates/list"]

    private func request(
        _ gateway: GatewayUnderTest,
        _ method: String,
        _ params: JSONValue,
        revision: String
    ) async throws -> GatewayUnderTest.Response {
        var params = params.objectValue ?? JSONObject()
        var headers: Headers = [
            ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", revision),
        ]
        if revision == "2026-07-28" {
            headers.append(("Mcp-Method", method))
            params["_meta"] = [
                "io.modelcontextprotocol/protocolVersion": .string(revision),
                "io.modelcontextprotocol/clientCapabilities": [:],
            ]
        }
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(params)]
        return try await gateway.send("POST", "/mcp", headers: headers, body: message.serialized())
    }

    /// Revisions, and the status of a request that a method refuses: only the last says which it is.
    @Test(arguments: [
        ("2024-11-05", 200), ("2025-03-26", 200), ("2025-06-18", 200), ("2025-11-25", 200), ("2026-07-28", 400),
    ])
    func anUnknownCursorIsAnInvalidParameter(revision: String, status: Int) async throws {
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: "http://127.0.0.1:1") { gateway in
            for method in Self.methods {
                for cursor in ["x", "", 1, ["a": 1]] as [JSONValue] {
                    let refused = try await request(gateway, method, ["cursor": cursor], revision: revision)
                    #expect(refused.status == status, "\(method) \(cursor)")
                    #expect(try refused.json()["error"]?["code"] == -32602, "\(refused.text)")
                }
                for params in [[:], ["cursor": .null]] as [JSONValue] {
                    let whole = try await request(gateway, method, params, revision: revision)
                    #expect(whole.status == 200, "\(method): \(whole.text)")
                    #expect(try whole.json()["result"]?["nextCursor"] == nil)
                }
            }
        }
    }

    /// What is not the client's fault has no status of its own in any revision.
    @Test(arguments: ["2025-11-25", "2026-07-28"]) func aFailureOfTheUpstreamIsAResponse(revision: String) async throws
    {
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: "http://127.0.0.1:1") { gateway in
            var headers: Headers = [
                ("Content-Type", "application/json"), ("Authorization", "Bearer k"), ("MCP-Protocol-Version", revision),
            ]
            var params: JSONObject = ["uri": "workestra://issues/a"]
            if revision == "2026-07-28" {
                headers += [("Mcp-Method", "resources/read"), ("Mcp-Name", "workestra://issues/a")]
                params["_meta"] = [
                    "io.modelcontextprotocol/protocolVersion": .string(revision),
                    "io.modelcontextprotocol/clientCapabilities": [:],
                ]
            }
            let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": .object(params)]
            let response = try await gateway.send("POST", "/mcp", headers: headers, body: message.serialized())
            #expect(response.status == 200, "\(response.text)")
            #expect(try response.json()["error"]?["data"]?["code"] == "UPSTREAM_ERROR")
        }
    }
}
