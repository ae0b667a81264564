import Gateway
import GatewayServer
import GatewayTestSupport
import JSON
import Testing
import Upstream

/// The Model Context Protocol over HTTP, in the revisions with a handshake and in the one without.
@Suite struct MCPTests {
    typealias Response = GatewayUnderTest.Response

    static func run(
        _ options: HTTPServerOptions = HTTPServerOptions(),
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        var all = GatewayUnderTest.Options()
        all.server = options
        all.server.threads = 1
        all.tools = MCPService(toolbox: ScriptedToolbox(), title: "Test", version: "1.2", instructions: "Use tools.")
        try await GatewayUnderTest.run(schema: testSchema, upstream: "http://127.0.0.1:1", options: all, body)
    }

    static func post(_ gateway: GatewayUnderTest, _ body: String, _ headers: Headers = []) async throws -> Response {
        let common: Headers = [
            ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
        ]
        let own = common.filter { field in !headers.contains { $0.name == field.name } }
        return try await gateway.send("POST", "/mcp", headers: own + headers, body: Array(body.utf8))
    }

    /// A request of the stateless revision, with the header fields that go with it.
    static func stateless(
        _ gateway: GatewayUnderTest,
        _ method: String,
        _ params: String = "",
        name: String? = nil,
        headers: Headers = []
    ) async throws -> Response {
        let meta =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientCapabilities":{}}"#
        var own: Headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method)]
        if let name { own.append(("Mcp-Name", name)) }
        let added = own.filter { field in !headers.contains { $0.name == field.name } }
        return try await post(gateway, call(method, "{\(params)\(params.isEmpty ? "" : ",")\(meta)}"), added + headers)
    }

    // MARK: - With a handshake

    static let server = #"{"name":"workestra-gateway","title":"Test","version":"1.2"}"#

    @Test(arguments: [
        ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
        ("2025-11-25", "2025-11-25"),
        ("2026-07-28", "2025-11-25"), ("tomorrow", "2025-11-25"),
    ])
    func theHandshakeSettlesTheRevision(wanted: String, agreed: String) async throws {
        try await Self.run { gateway in
            let params = #"{"protocolVersion":"\#(wanted)","capabilities":{},"clientInfo":{"name":"t","version":"1"}}"#
            let response = try await Self.post(gateway, call("initialize", params))
            #expect(response.status == 200)
            #expect(
                response.text
                    == result(
                        #"{"protocolVersion":"\#(agreed)","capabilities":{"tools":{}},"serverInfo":\#(Self.server),"#
                            + #""instructions":"Use tools."}"#
                    )
            )
            #expect(response.headers.first("mcp-session-id") == nil)
        }
    }

    @Test func notificationsAreAcceptedWithoutAResponse() async throws {
        try await Self.run { gateway in
            for method in ["notifications/initialized", "notifications/cancelled", "whatever"] {
                let response = try await Self.post(gateway, #"{"jsonrpc":"2.0","method":"\#(method)"}"#)
                #expect(response.status == 202)
                #expect(response.body.isEmpty)
            }
        }
    }

    @Test func aPingHasAnEmptyResult() async throws {
        try await Self.run { gateway in
            let response = try await Self.post(gateway, call("ping", "{}"))
            #expect(response.text == result("{}"))
        }
    }

    @Test func toolsAreListedWithSchemasAndHints() async throws {
        try await Self.run { gateway in
            let tools = try await Self.post(gateway, call("tools/list", "{}")).json()["result"]?["tools"]
            let schema = JSONValue.object(ScriptedToolbox.objectSchema)
            let expected: JSONValue = [
                [
                    "name": "thing_get", "title": "Thing get", "description": "Finds a thing.", "inputSchema": schema,
                    "outputSchema": schema, "annotations": ["readOnlyHint": true, "openWorldHint": false],
                ],
                [
                    "name": "thing_count", "title": "Thing count", "inputSchema": ["type": "object"],
                    "outputSchema": [
                        "type": "object", "properties": ["result": ["type": "integer"]], "required": ["result"],
                    ],
                    "annotations": ["readOnlyHint": true, "openWorldHint": false],
                ],
                [
                    "name": "thing_delete", "title": "Thing delete", "inputSchema": schema,
                    "annotations": [
                        "readOnlyHint": false, "destructiveHint": true, "idempotentHint": true, "openWorldHint": false,
                    ],
                ],
            ]
            #expect(tools == expected)
        }
    }

    /// Calls, and the results that they have.
    static let calls: [(params: String, result: String)] = [
        (
            #"{"name":"thing.get","arguments":{"id":"ü\"1"}}"#,
            #"{"content":[{"type":"text","text":"{\"id\":\"ü\\\"1\"}"}],"isError":false,"structuredContent":{"id":"ü\"1"}}"#
        ),
        (
            #"{"name":"thing.count"}"#,
            #"{"content":[{"type":"text","text":"1"}],"isError":false,"structuredContent":{"result":1}}"#
        ),
        (
            #"{"name":"thing.delete","arguments":{}}"#,
            #"{"content":[{"type":"text","text":"{\"message\":\"There is no such thing.\",\"code\":\"NOT_FOUND\"}"}],"isError":true}"#
        ),
    ]

    @Test func resultsAreTextAndStructuredContent() async throws {
        try await Self.run { gateway in
            for (params, expected) in Self.calls {
                let response = try await Self.post(gateway, call("tools/call", params), [("Authorization", "Bearer k")])
                #expect(response.status == 200)
                let json = try response.json()["result"]
                if json?["isError"] == true {
                    let text = try #require(json?["content"]?[0]?["text"]?.stringValue)
                    let expected: JSONValue = ["message": "There is no such thing.", "data": ["code": "NOT_FOUND"]]
                    #expect(try JSONValue(parsing: Array(text.utf8)) == expected)
                    #expect(json?["structuredContent"] == nil)
                } else {
                    #expect(response.text == result(expected))
                }
            }
        }
    }

    /// Messages that are refused, with the status and the code.
    static let refused: [(name: String, body: String, headers: Headers, status: Int, code: Int)] = [
        ("no JSON", "{", [], 400, -32700),
        ("a batch", "[\(call("ping", "{}"))]", [("MCP-Protocol-Version", "2025-06-18")], 400, -32600),
        ("no batch", "[]", [], 400, -32600),
        ("no request", #"{"jsonrpc":"2.0"}"#, [], 400, -32600),
        ("the id null", #"{"jsonrpc":"2.0","method":"ping","id":null}"#, [], 400, -32600),
        ("no method", call("resources/list", "{}"), [], 200, -32601),
        ("an unknown tool", call("tools/call", #"{"name":"x"}"#), [], 200, -32602),
        ("no tool", call("tools/call", "{}"), [], 200, -32602),
        ("ill arguments", call("tools/call", #"{"name":"thing.get","arguments":[]}"#), [], 200, -32602),
        ("by position", call("tools/call", "[]"), [], 200, -32602),
        ("a ping by position", call("ping", "[]"), [], 200, -32602),
        ("a ping by a position", call("ping", "[1]"), [("MCP-Protocol-Version", "2025-11-25")], 200, -32602),
        (
            "by position without a handshake", call("tools/list", "[]"), [("MCP-Protocol-Version", "2026-07-28")], 400,
            -32602
        ),
        ("an unknown revision", call("ping", "{}"), [("MCP-Protocol-Version", "1999-01-01")], 400, -32022),
        ("a handshake without a revision", call("initialize", "{}"), [], 200, -32602),
        ("a discovery without an envelope", call("server/discover", "{}"), [], 400, -32602),
    ]

    @Test func protocolErrorsAreJSONRPCErrors() async throws {
        try await Self.run { gateway in
            for (name, body, headers, status, code) in Self.refused {
                let response = try await Self.post(gateway, body, headers)
                #expect(response.status == status, "\(name)")
                #expect(try response.json()["error"]?["code"]?.intValue == code, "\(name): \(response.text)")
            }
        }
    }

    /// Headers of revisions that take batches.
    @Test(arguments: [nil, "2024-11-05", "2025-03-26"])
    func aBatchGetsOneArrayInItsOrder(revision: String?) async throws {
        try await Self.run { gateway in
            let messages = [
                call("tools/call", #"{"name":"thing_count"}"#),
                #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
                call("initialize", #"{"protocolVersion":"2025-03-26"}"#), "1", call("ping", "{}"),
            ]
            let headers: Headers = revision.map { [("MCP-Protocol-Version", $0)] } ?? []
            let response = try await Self.post(gateway, "[\(messages.joined(separator: ","))]", headers)
            #expect(response.status == 200)
            let replies = try #require(try response.json().arrayValue)
            #expect(replies.count == 4)
            #expect(replies[0]["result"]?["structuredContent"] == ["result": 0])
            #expect(replies[1]["error"]?["code"] == -32600)
            #expect(replies[2]["error"]?["code"] == -32600)
            #expect(replies[3]["result"] == [:])
            let quiet = try await Self.post(
                gateway,
                #"[{"jsonrpc":"2.0","method":"notifications/initialized"}]"#,
                headers
            )
            #expect(quiet.status == 202)
            #expect(quiet.body.isEmpty)
            let unwanted = try await Self.post(
                gateway,
                #"[{"jsonrpc":"2.0","id":9,"result":{}},{"jsonrpc":"2.0","method":"notifications/initialized"}]"#,
                headers
            )
            #expect(unwanted.status == 400)
        }
    }

    @Test func toolsAreCalledByEitherName() async throws {
        try await Self.run { gateway in
            for name in ["thing_get", "thing.get"] {
                let params = #"{"name":"\#(name)","arguments":{"id":"1"}}"#
                let called = try await Self.post(gateway, call("tools/call", params)).json()["result"]
                #expect(called?["structuredContent"] == ["id": "1"])
            }
        }
    }

    // MARK: - Without a handshake

    @Test func aClientDiscoversTheServer() async throws {
        try await Self.run { gateway in
            let result = try await Self.stateless(gateway, "server/discover").json()["result"]
            let expected: JSONValue = [
                "supportedVersions": ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"],
                "capabilities": ["tools": [:]],
                "instructions": "Use tools.", "resultType": "complete", "ttlMs": 300_000, "cacheScope": "public",
                "_meta": ["io.modelcontextprotocol/serverInfo": try JSONValue(parsing: Array(Self.server.utf8))],
            ]
            #expect(result == expected)
        }
    }

    @Test func requestsStandAlone() async throws {
        try await Self.run { gateway in
            let list = try await Self.stateless(gateway, "tools/list").json()["result"]
            #expect(list?["resultType"] == "complete")
            #expect(list?["tools"]?.arrayValue?.count == 3)
            let call = #""name":"thing.get","arguments":{"id":"1"}"#
            for name in ["thing.get", "=?base64?dGhpbmcuZ2V0?="] {
                let found = try await Self.stateless(gateway, "tools/call", call, name: name).json()["result"]
                #expect(found?["resultType"] == "complete")
                #expect(found?["structuredContent"] == ["id": "1"])
            }
        }
    }

    @Test func headersAndBodyMustAgree() async throws {
        try await Self.run { gateway in
            let tool = #""name":"thing.get","arguments":{}"#
            let responses = [
                try await Self.stateless(gateway, "tools/list", headers: [("Mcp-Method", "tools/call")]),
                try await Self.stateless(gateway, "tools/list", headers: [("MCP-Protocol-Version", "2025-11-25")]),
                try await Self.stateless(gateway, "tools/call", tool),
                try await Self.stateless(gateway, "tools/call", tool, name: "thing.count"),
                try await Self.stateless(gateway, "tools/call", tool, name: "=?base64?####?="),
            ]
            for response in responses {
                #expect(response.status == 400)
                #expect(try response.json()["error"]?["code"] == -32020)
            }
            let unknown = try await Self.stateless(gateway, "ping")
            #expect(unknown.status == 404)
            #expect(try unknown.json()["error"]?["code"] == -32601)
            let tomorrow =
                #"{"_meta":{"io.modelcontextprotocol/protocolVersion":"2030-01-01","#
                + #""io.modelcontextprotocol/clientCapabilities":{}}}"#
            let headers: Headers = [("MCP-Protocol-Version", "2030-01-01"), ("Mcp-Method", "tools/list")]
            let unsupported = try await Self.post(gateway, call("tools/list", tomorrow), headers)
            #expect(unsupported.status == 400)
            #expect(try unsupported.json()["error"]?["code"] == -32022)
            #expect(try unsupported.json()["error"]?["data"]?["supported"]?.arrayValue?.last == "2026-07-28")
        }
    }

    // MARK: - HTTP

    @Test func onlyPostIsServed() async throws {
        try await Self.run { gateway in
            for method in ["GET", "DELETE"] {
                let response = try await gateway.send(method, "/mcp", headers: [("Accept", "text/event-stream")])
                #expect(response.status == 405)
                #expect(response.headers.first("allow") == "POST, OPTIONS")
            }
        }
    }

    @Test func otherSitesPagesAreRefused() async throws {
        var options = HTTPServerOptions()
        options.filters.crossOrigin = CrossOriginPolicy(origins: ["https://app.example"])
        try await Self.run(options) { gateway in
            let own = "http://\(gateway.server.address)"
            for (origin, status) in [
                ("https://evil.example", 403), ("null", 403), ("https://app.example", 200), (own, 200),
            ] {
                let response = try await Self.post(gateway, call("ping", "{}"), [("Origin", origin)])
                #expect(response.status == status, "\(origin)")
            }
        }
    }

    @Test(arguments: [
        ("Content-Type", "text/plain", 415), ("Accept", "text/event-stream", 406), ("Content-Encoding", "br", 415),
    ])
    func mediaTypesAreChecked(name: String, value: String, status: Int) async throws {
        try await Self.run { gateway in
            let response = try await Self.post(gateway, call("ping", "{}"), [(name, value)])
            #expect(response.status == status)
        }
    }
}
