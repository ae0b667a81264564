import Foundation
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// The official MCP clients of several years against the gateway, and a host's conversion of the tools.
@Suite struct PythonMCPClientTests {
    /// Environments of `scripts/python-clients.sh`, and the revision that their client agrees on.
    static let clients: [(environment: String, revision: String)] =
        PythonPackages.runsAllClients
        ? [
            ("mcp-1.8.1", "2024-11-05"), ("mcp-1.9.4", "2025-03-26"), ("mcp-1.12.4", "2025-06-18"),
            ("mcp-1.26.0", "2025-11-25"), ("mcp-2.3.0", "2025-11-25"),
        ] : [("mcp-2.3.0", "2025-11-25")]

    /// Frameworks that use a client of their own, with the script that drives them.
    static let frameworks: [(environment: String, script: String)] =
        PythonPackages.runsAllClients
        ? [("fastmcp", "python_fastmcp.py"), ("openai-agents", "python_openai_agents.py")] : []

    /// Custom fields whose keys are names of the schema's own fields, with values of every kind.
    static let customFields: JSONValue = [
        "entries": "no list", "all": 1, "value": ["a", .null, 2.5], "key": ["nested": ["deep": true]], "": false,
        "amount": ["currency": "EUR", "value": 12.5], "risk_score": .null,
    ]

    /// Types that the values above do not have: objects show them all the same, and no client raises.
    private static let typedFields = "\nextend type CustomFields { amount: Int all2: String @json(name: \"all\") }"

    @Test(.timeLimit(.minutes(15)), arguments: clients)
    func clientsWorkUnchanged(environment: String, revision: String) async throws {
        for fields in ["", Self.typedFields] {
            try await withGateway(extending: fields) { gateway in
                let arguments = ["\(gateway.server.address)", "i1"]
                let output = try await Self.run(environment, "python_mcp_clients.py", arguments)
                let result = try JSONValue(parsing: Array(output.utf8))
                #expect(result["revision"]?.stringValue == revision)
                #expect(result["tools"]?.arrayValue?.contains("issues_list") == true)
                #expect(result["rows"] == 3)
                #expect(result["issue"] == Self.customFields)
                #expect(result["resource"] == Self.customFields)
                #expect(
                    result["templates"] == [
                        "workestra://projects/{id}{?workspace}", "workestra://issues/{id}{?workspace}",
                    ]
                )
            }
        }
    }

    @Test(.timeLimit(.minutes(15)), arguments: frameworks)
    func frameworksWorkUnchanged(environment: String, script: String) async throws {
        try await withGateway { gateway in
            let output = try await Self.run(environment, script, ["\(gateway.server.address)", "i1"])
            let result = try JSONValue(parsing: Array(output.utf8))
            #expect(result["tools"]?.arrayValue?.contains("issues_list") == true)
            #expect(result["rows"] == 3)
            #expect(result["issue"] == Self.customFields)
        }
    }

    @Test(.enabled(if: PythonPackages.runsAllClients), .timeLimit(.minutes(15)))
    func googleConvertsAllTools() async throws {
        try await withGateway { gateway in
            let list = try await Self.tools(of: gateway)
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("tools-\(UUID().uuidString).json")
            try Data(list.serialized()).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let output = try await Self.run("google-genai", "python_genai.py", [file.path])
            let names = list["tools"]?.arrayValue?.compactMap { $0["name"] }
            #expect(try JSONValue(parsing: Array(output.utf8)).arrayValue == names)
            #expect(names?.count == 15)
        }
    }

    /// Nothing that hosts refuse is in the list, and all of the list fits before a model.
    @Test func theListIsPortableAndSmall() async throws {
        try await withGateway { gateway in
            let list = try await Self.tools(of: gateway)
            #expect(list.serialized().count <= 16_000)
            for tool in list["tools"]?.arrayValue ?? [] {
                let name = tool["name"]?.stringValue ?? ""
                #expect(name.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) != nil)
                #expect(tool["title"]?.stringValue?.isEmpty == false)
                #expect(tool["annotations"]?["readOnlyHint"]?.boolValue != nil)
                #expect(tool["inputSchema"]?["type"] == "object")
                for schema in [tool["inputSchema"], tool["outputSchema"]] { Self.check(try #require(schema), name) }
            }
        }
    }

    private static func check(_ schema: JSONValue, _ tool: String) {
        switch schema {
        case .object(let members):
            #expect(members["additionalProperties"] == nil, "\(tool)")
            #expect(members["$ref"] == nil, "\(tool)")
            #expect(members["type"]?.arrayValue == nil, "\(tool)")
            if members["enum"] != nil { #expect(members["type"] == "string", "\(tool)") }
            for (_, member) in members { check(member, tool) }
        case .array(let items):
            for item in items { check(item, tool) }
        case .null, .bool, .number, .string: break
        }
    }

    // MARK: - Set-up

    /// Lends a gateway whose upstream has three issues with the custom fields.
    private func withGateway(
        extending fields: String = "",
        _ body: (GatewayUnderTest) async throws -> Void
    ) async throws {
        let issues = JSONValue.array(
            (1...3).map {
                ["id": .string("i\($0)"), "title": "A", "project_id": "p", "custom_fields": Self.customFields]
            }
        )
        let project: JSONValue = ["id": "p", "name": "P", "custom_fields": Self.customFields]
        let upstream = try await ScriptedServer.start { request in
            let path = request.target.prefix { $0 != "?" }
            let body: JSONValue =
                switch path {
                case "/issues": ["data": issues, "count": 3]
                case "/projects": ["data": [project], "count": 1]
                case "/projects/p": project
                default: issues[Int(path.suffix(1)).map { $0 - 1 } ?? 0] ?? .null
                }
            return .http(body: String(decoding: body.serialized(), as: UTF8.self))
        }
        let schema = Source(try RepositoryFile.schemaText() + fields)
        try await GatewayUnderTest.run(schema: schema, upstream: upstream.baseURL, body)
        try await upstream.shutdown()
    }

    private static func tools(of gateway: GatewayUnderTest) async throws -> JSONValue {
        let response = try await MCPTests.post(gateway, call("tools/list", "{}"))
        return try #require(try response.json()["result"])
    }

    private static func run(_ environment: String, _ script: String, _ arguments: [String]) async throws -> String {
        let python = try await PythonPackages.interpreter(environment)
        let path = "\(RepositoryFile.root)/Tests/GatewayServerTests/\(script)"
        let run = try await BuiltProgram.finish(python, ["-W", "ignore", path] + arguments, in: RepositoryFile.root)
        #expect(run.status == 0, "\(run.errors)")
        return run.output
    }
}
