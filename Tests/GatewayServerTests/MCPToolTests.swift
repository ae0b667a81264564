import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// The gateway's own tools, chosen operations, resources, and what results say of their cost.
@Suite struct MCPToolTests {
    /// Lends a gateway whose upstream has one project and three issues, and states its limit.
    private func withGateway(
        operations: [OperationTool] = [],
        _ body: (GatewayUnderTest, ScriptedServer) async throws -> Void
    ) async throws {
        let issues = JSONValue.array(
            (1...3).map { ["id": .string("i\($0)"), "title": .string("Issue \($0)"), "project_id": "p"] }
        )
        let upstream = try await ScriptedServer.start { request in
            let path = request.target.prefix { $0 != "?" }
            let headers = [
                ("X-RateLimit-Limit", "100"), ("X-RateLimit-Remaining", "98"), ("X-RateLimit-Reset", "9999999999"),
            ]
            let body: JSONValue? =
                switch path {
                case "/issues": ["data": issues, "count": 3]
                case "/projects/p": ["id": "p", "name": "P"]
                case "/issues/i1": issues[0]
                default: nil
                }
            if path == "/issues/refused" { return .http(400, headers: headers, body: #"{"message":"No."}"#) }
            guard let body else { return .http(404, headers: headers, body: #"{"message":"Not found"}"#) }
            return .http(headers: headers, body: String(decoding: body.serialized(), as: UTF8.self))
        }
        var options = GatewayUnderTest.Options()
        options.server.operationTools = operations
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: upstream.baseURL, options: options) {
            try await body($0, upstream)
        }
        try await upstream.shutdown()
    }

    private func request(_ gateway: GatewayUnderTest, _ method: String, _ params: JSONValue) async throws -> JSONValue {
        let text = String(decoding: params.serialized(), as: UTF8.self)
        return try await MCPTests.post(gateway, call(method, text), [("Authorization", "Bearer k")]).json()
    }

    private func callTool(_ gateway: GatewayUnderTest, _ name: String, _ arguments: JSONValue) async throws -> JSONValue
    {
        let response = try await request(gateway, "tools/call", ["name": .string(name), "arguments": arguments])
        return try #require(response["result"])
    }

    @Test func aResultStatesWhatItTook() async throws {
        try await withGateway { gateway, _ in
            let first = try await callTool(gateway, "issues_list", ["first": 3, "select": "id title"])
            var calls = try #require(first["_meta"]?["calls"]?.objectValue)
            let remaining = calls.removeValue(forKey: "remaining")
            #expect(remaining?.intValue.map { (90..<100).contains($0) } == true)
            #expect(
                calls == [
                    "estimated": ["min": 1, "max": 1], "made": 1, "cached": 0, "shared": 0, "waitedMs": 0,
                ]
            )
            let failed = try await callTool(gateway, "issues_get", ["id": "none"])
            #expect(failed["isError"] == false)
            #expect(failed["_meta"]?["calls"]?["made"] == 1)
        }
    }

    @Test func theCostOfAnOperationIsExplainedWithoutACall() async throws {
        try await withGateway { gateway, upstream in
            let query = "query Q {\n  issues(first: 3) { nodes { project { name } } }\n}"
            let explained = try await callTool(gateway, "explain", ["query": .string(query)])
            let cost = try #require(explained["structuredContent"])
            #expect(cost["operation"] == "query Q")
            #expect(cost["estimated"] == ["min": 1, "max": 6])
            #expect(cost["exceeds"] == false)
            let step = try #require(cost["steps"]?[0])
            #expect(step["path"] == "issues")
            #expect(step["location"] == ["line": 2, "column": 3])
            #expect(step["steps"]?[0]?["path"] == "issues.nodes.project")
            #expect(step["steps"]?[0]?["location"] == ["line": 2, "column": 30])
            let wrong = try await callTool(gateway, "explain", ["query": "{ nothing }"])
            #expect(wrong["isError"] == true)
            #expect(wrong["content"]?[0]?["text"]?.stringValue?.contains("GRAPHQL_VALIDATION_FAILED") == true)
            #expect(upstream.requests().isEmpty)
        }
    }

    @Test func typesAndFieldsAreFoundByWords() async throws {
        try await withGateway { gateway, upstream in
            let found = try await callTool(gateway, "search", ["words": "due date of an issue"])
            #expect(found["structuredContent"]?["matches"]?[0]?["name"] == "Issue.dueDate")
            let wrong = try await callTool(gateway, "search", ["words": 1])
            #expect(wrong["isError"] == true)
            #expect(upstream.requests().isEmpty)
        }
    }

    @Test func withoutIntrospectionNothingIsFound() async throws {
        var options = GatewayUnderTest.Options()
        options.documents.allowsIntrospection = false
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "http://127.0.0.1:1",
            options: options
        ) {
            let list = try await request($0, "tools/list", [:])["result"]?["tools"]?.arrayValue ?? []
            let names = list.compactMap { $0["name"]?.stringValue }
            #expect(!names.contains("search"))
            #expect(names.contains("explain"))
            let called = try await request($0, "tools/call", ["name": "search", "arguments": ["words": "issue"]])
            #expect(called["error"]?["code"] == -32602)
        }
    }

    @Test func anOperationWithoutDataIsAFailedCall() async throws {
        try await withGateway { gateway, _ in
            for query in ["{ nothing }", "{ workspaces(slugs: [\"none\"]) { slug } }"] {
                let response = try await gateway.query(query, key: "k").json()
                try #require(response["data"]?.isNull ?? true)
                let called = try await callTool(gateway, "graphql_execute", ["query": .string(query)])
                #expect(called["isError"] == true)
                let text = try #require(called["content"]?[0]?["text"]?.stringValue)
                let error = try JSONValue(parsing: Array(text.utf8))
                #expect(error["message"] == response["errors"]?[0]?["message"])
                #expect(error["data"]?["code"] == response["errors"]?[0]?["extensions"]?["code"])
                #expect(error["data"]?["errors"] == response["errors"])
            }
        }
    }

    /// Operations, and whether all that they show is null because of errors.
    static let showingNulls: [(String, Bool)] = [
        (#"mutation { deleteIssue(id: "none") { deletedId } }"#, true),
        (#"mutation { a: deleteIssue(id: "no") { deletedId } b: deleteIssue(id: "none") { deletedId } }"#, true),
        (#"mutation { deleteIssue(id: "none") { deletedId } __typename }"#, false),
        (#"{ issue(id: "refused") { title } }"#, true),
        (#"{ refused: issue(id: "refused") { title } there: issue(id: "i1") { title } }"#, false),
        // A null without an error is a result.
        (#"{ issue(id: "none") { title } }"#, false),
    ]

    @Test(arguments: showingNulls)
    func anOperationOfWhichAllFieldsFailedIsAFailedCall(query: String, fails: Bool) async throws {
        try await withGateway { gateway, _ in
            let response = try await gateway.query(query, key: "k").json()
            let called = try await callTool(gateway, "graphql_execute", ["query": .string(query)])
            #expect(called["isError"] == .bool(fails))
            let text = try #require(called["content"]?[0]?["text"]?.stringValue)
            let shown = try JSONValue(parsing: Array(text.utf8))
            if fails {
                #expect(called["structuredContent"] == nil)
                #expect(shown["message"] == response["errors"]?[0]?["message"])
                #expect(shown["data"]?["errors"] == response["errors"])
            } else {
                #expect(called["structuredContent"]?["data"] == response["data"])
                #expect(shown["errors"] == response["errors"])
            }
        }
    }

    // MARK: - Operations

    @Test func anOperationOfAFileIsATool() async throws {
        let text = """
            "Lists the first issues with their projects."
            query FirstIssues("How many." $count: Int! $sort: String = "title") {
              issues(first: $count, sort: $sort) { nodes { title project { name } } }
            }
            """
        let schema = try LoadedSchema(RepositoryFile.schema()).executable.schema
        let tool = try OperationTool(text, mayWrite: false, schema: schema)
        try await withGateway(operations: [tool]) { gateway, _ in
            let tools = try await request(gateway, "tools/list", [:])["result"]?["tools"]?.arrayValue ?? []
            let listed = try #require(tools.first { $0["name"] == "FirstIssues" })
            #expect(listed["description"] == "Lists the first issues with their projects.")
            #expect(
                listed["inputSchema"] == [
                    "type": "object",
                    "properties": [
                        "count": ["type": "integer", "description": "How many."], "sort": ["type": "string"],
                    ],
                    "required": ["count"],
                ]
            )
            #expect(listed["annotations"]?["readOnlyHint"] == true)
            let called = try await callTool(gateway, "FirstIssues", ["count": 1])
            #expect(called["isError"] == false)
            #expect(
                called["structuredContent"]?["data"]?["issues"]?["nodes"]?[0] == [
                    "title": "Issue 1", "project": ["name": "P"],
                ]
            )
            let wrong = try await callTool(gateway, "FirstIssues", ["count": "one"])
            #expect(wrong["isError"] == true)
            let unknown = try await callTool(gateway, "FirstIssues", ["count": 1, "color": "red"])
            #expect(unknown["isError"] == true)
            let error = try JSONValue(parsing: Array(try #require(unknown["content"]?[0]?["text"]?.stringValue).utf8))
            #expect(error["message"] == #"There is no argument "color"; FirstIssues takes "count", "sort"."#)
        }
    }

    // MARK: - Resources

    @Test func anObjectIsReadByItsURI() async throws {
        try await withGateway { gateway, upstream in
            let started = try await request(
                gateway,
                "initialize",
                ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "t", "version": "1"]]
            )
            #expect(started["result"]?["capabilities"] == ["tools": [:], "resources": ["subscribe": true]])
            #expect(try await request(gateway, "resources/list", [:])["result"] == ["resources": []])
            let templates = try await request(gateway, "resources/templates/list", [:])["result"]?["resourceTemplates"]
            #expect(
                templates?.arrayValue?.map { $0["uriTemplate"] } == [
                    "workestra://projects/{id}{?workspace}", "workestra://issues/{id}{?workspace}",
                ]
            )
            let uri = "workestra://issues/i1?workspace=main"
            let read = try await request(gateway, "resources/read", ["uri": .string(uri)])["result"]
            let content = try #require(read?["contents"]?[0])
            #expect(content["uri"] == .string(uri))
            #expect(content["mimeType"] == "application/json")
            let object = try JSONValue(parsing: Array(try #require(content["text"]?.stringValue).utf8))
            #expect(object["title"] == "Issue 1")
            #expect(upstream.requests().count == 1)
            // https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching#cacheable-results
            let stateless = try await MCPTests.stateless(gateway, "resources/read", "\"uri\":\"\(uri)\"", name: uri)
                .json()["result"]
            #expect(stateless?["cacheScope"] == "private")
            #expect(stateless?["ttlMs"]?.intValue ?? -1 >= 0)
            #expect(read?["ttlMs"] == nil)
        }
    }

    @Test(arguments: ["workestra://issues/none", "workestra://nothing/1", "x", "workestra://issues/i1?x=1"])
    func aResourceThatIsNotThereIsAnError(uri: String) async throws {
        try await withGateway { gateway, _ in
            let params: JSONValue = ["uri": .string(uri)]
            let error = try await request(gateway, "resources/read", params)["error"]
            #expect(error?["code"] == -32002)
            #expect(error?["data"] == ["code": "NOT_FOUND", "uri": .string(uri)])
            let text = "\"uri\":\"\(uri)\""
            let stateless = try await MCPTests.stateless(gateway, "resources/read", text, name: uri)
            #expect(stateless.status == 400)
            #expect(try stateless.json()["error"]?["code"] == -32602)
            let unnamed = try await MCPTests.stateless(gateway, "resources/read", text)
            #expect(try unnamed.json()["error"]?["code"] == -32020)
        }
    }
}
