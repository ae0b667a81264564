import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Writes that a model asks for, from its tool call to the upstream.
@Suite struct MCPWriteTests {
    private func request(_ method: String, _ params: JSONValue, to gateway: GatewayUnderTest) async throws -> JSONValue
    {
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": params]
        let response = try await gateway.send(
            "POST",
            "/mcp",
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
                ("Authorization", "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
            ],
            body: message.serialized()
        )
        #expect(response.status == 200)
        return try #require(try response.json()["result"])
    }

    private func call(_ tool: String, _ arguments: JSONValue, on gateway: GatewayUnderTest) async throws -> JSONValue {
        try await request("tools/call", ["name": .string(tool), "arguments": arguments], to: gateway)
    }

    @Test func anIssueIsMadeChangedAndDeleted() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let projects = try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme"))
                let input: JSONValue = ["projectId": .string(try #require(projects.min())), "title": "From a model"]
                let made = try await call("issues.create", ["input": input], on: gateway)
                #expect(made["isError"] == false)
                let issue = try #require(made["structuredContent"]?["result"]?["issue"])
                #expect(issue["title"] == "From a model")
                let id = try #require(issue["id"])

                let changed = try await call("issues.update", ["id": id, "input": ["title": "Again"]], on: gateway)
                #expect(changed["structuredContent"]?["result"]?["issue"]?["title"] == "Again")
                let read = try await call("issues.get", ["id": id, "select": "title"], on: gateway)
                #expect(read["structuredContent"]?["result"] == ["title": "Again"])

                let deleted = try await call("issues.delete", ["id": id], on: gateway)
                #expect(deleted["structuredContent"]?["result"]?["deletedId"] == id)
                let again = try await call("issues.delete", ["id": id], on: gateway)
                #expect(again["isError"] == true)
                #expect(again["content"]?[0]?["text"]?.stringValue?.contains("NOT_FOUND") == true)

                let calls = sandbox.server.calls()
                #expect(calls.count(of: "POST /issues") == 1)
                #expect(calls.count(of: "PATCH /issues/:id") == 1)
                #expect(calls.count(of: "DELETE /issues/:id") == 2)
            }
        }
    }

    @Test func upstreamRefusalsAreReportedWithTheirArgument() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let refused = try await call(
                    "issues.create",
                    ["input": ["projectId": "unknown", "title": ""]],
                    on: gateway
                )
                #expect(refused["isError"] == true)
                #expect(refused["content"]?[0]?["text"]?.stringValue?.contains("BAD_USER_INPUT") == true)
            }
        }
    }

    @Test func aliasNamedAsAnotherFieldIsRefused() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                for select in ["id: project { name }", "id title: labels", "project { id: name }"] {
                    let id = try #require(
                        try await sandbox.ids(of: "issues", key: SandboxUnderTest.ownerKey("acme")).min()
                    )
                    let refused = try await call(
                        "issues.get",
                        ["id": .string(id), "select": .string(select)],
                        on: gateway
                    )
                    #expect(refused["isError"] == true)
                    #expect(refused["content"]?[0]?["text"]?.stringValue?.contains("another field's name") == true)
                    let selected: JSONValue = ["id": .string(id), "select": ["id", "customFields", "project.name"]]
                    #expect(try await call("issues.get", selected, on: gateway)["isError"] == false)
                }
            }
        }
    }

    @Test func anOperationThatIsNotExecutedFails() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let refused = try await call("graphql.execute", ["query": "{nope}"], on: gateway)
                #expect(refused["isError"] == true)
                let text = refused["content"]?[0]?["text"]?.stringValue ?? ""
                #expect(text.contains("Cannot query field"))
                #expect(text.contains("GRAPHQL_VALIDATION_FAILED"))
                let done = try await call("graphql.execute", ["query": "{__typename}"], on: gateway)
                #expect(done["structuredContent"] == ["data": ["__typename": "Query"]])
                #expect(done["isError"] == false)
            }
        }
    }

    @Test func hintsMarkMethodsThatOnlyAdd() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let tools = try await request("tools/list", [:], to: gateway)["tools"]?.arrayValue ?? []
                var hints: [String: JSONValue] = [:]
                for tool in tools {
                    hints[tool["name"]?.stringValue ?? ""] = tool["annotations"]?["destructiveHint"] ?? .null
                }
                #expect(hints["issues_list"] == .null)
                #expect(hints["issues_create"] == false)
                #expect(hints["issues_update"] == true)
                #expect(hints["issues_delete"] == true)
                #expect(hints["graphql_execute"] == true)
            }
        }
    }

    // MARK: - Idempotency keys

    private func create(
        _ title: String,
        _ key: JSONValue?,
        field: String? = nil,
        tool: String = "issues_create",
        on gateway: GatewayUnderTest,
        in project: JSONValue
    ) async throws -> JSONValue {
        var params: JSONObject = [
            "name": .string(tool), "arguments": ["input": ["projectId": project, "title": .string(title)]],
        ]
        if let key { params["_meta"] = ["idempotencyKey": key] }
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": .object(params)]
        let headers = [
            ("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream"),
            ("Authorization", "Bearer \(SandboxUnderTest.ownerKey("acme"))"),
        ]
        let own = field.map { [("Idempotency-Key", $0)] } ?? []
        let response = try await gateway.send("POST", "/mcp", headers: headers + own, body: message.serialized())
        return try #require(try response.json()["result"])
    }

    @Test func aWriteWithAKeyIsCarriedOutOnce() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway { gateway in
                let projects = try await sandbox.ids(of: "projects", key: SandboxUnderTest.ownerKey("acme"))
                let project = JSONValue.string(try #require(projects.min()))
                let first = try await create("Once", "one", on: gateway, in: project)
                #expect(first["isError"] == false && first["_meta"]?["idempotentReplayed"] == nil)
                // The member wins over the header field, and a tool's name with dots is the same tool's.
                let again = try await create(
                    "Once",
                    "one",
                    field: "two",
                    tool: "issues.create",
                    on: gateway,
                    in: project
                )
                #expect(again["structuredContent"] == first["structuredContent"])
                #expect(again["_meta"]?["idempotentReplayed"] == true)
                #expect(again["_meta"]?["calls"]?["made"] == 0)
                let other = try await create("Other", "one", on: gateway, in: project)
                #expect(other["isError"] == true)
                #expect(other["content"]?[0]?["text"]?.stringValue?.contains("IDEMPOTENCY_KEY_REUSED") == true)
                let wrong = try await create("Wrong", 7, on: gateway, in: project)
                #expect(wrong["content"]?[0]?["text"]?.stringValue?.contains("BAD_USER_INPUT") == true)
                #expect(sandbox.server.calls().count(of: "POST /issues") == 1)
                let field = try await create("Field", nil, field: "\"three\"", on: gateway, in: project)
                let same = try await create("Field", nil, field: "three", on: gateway, in: project)
                #expect(same["structuredContent"] == field["structuredContent"])
                #expect(sandbox.server.calls().count(of: "POST /issues") == 2)
            }
        }
    }
}
