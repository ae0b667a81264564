import Foundation
import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing
import Upstream

/// Fields that a workspace has defined for itself, with types of their own: written by hand, or by `infer-fields`.
@Suite struct TypedFieldTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    private static let byHand = """
        extend type CustomFields { riskScore: Float platforms: [String!] clientName: Int }
        extend input CustomFieldsInput { riskScore: Float platforms: [String!] clientName: String }
        """

    private func run(
        _ extensions: String,
        _ body: (SandboxUnderTest, GatewayUnderTest, _ id: JSONValue) async throws -> Void
    ) async throws {
        let schema = try RepositoryFile.text("schema/workestra.graphql") + "\n" + extensions
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            try await sandbox.withGateway(schema: schema) { gateway in
                let first = try await gateway.askFirst("{ issues(first: 1) { nodes { id } } }").json()
                try await body(sandbox, gateway, try #require(first["data"]?["issues"]?["nodes"]?[0]?["id"]))
            }
        }
    }

    @Test func typedFieldsAreWrittenReadCheckedAndShownToClients() async throws {
        try await run(Self.byHand) { _, gateway, id in
            let write = """
                mutation($id: ID!, $fields: CustomFieldsInput) { updateIssue(id: $id, input: { \
                customFields: { environment: "staging" }, customFieldValues: $fields }) { issue { customFields { \
                riskScore platforms environment: value(key: "environment") } } } }
                """
            let fields: JSONValue = ["riskScore": 2.5, "platforms": ["web", "api"], "all": ["billable": true]]
            let written = try await gateway.askFirst(write, variables: ["id": id, "fields": fields]).json()
            let shown: JSONValue = ["riskScore": 2.5, "platforms": ["web", "api"], "environment": "staging"]
            #expect(written == ["data": ["updateIssue": ["issue": ["customFields": shown]]]])

            let wrong = try await gateway.askFirst(write, variables: ["id": id, "fields": ["riskScore": "high"]]).json()
            #expect(wrong["errors"]?[0]?["extensions"]?["code"] == "BAD_USER_INPUT")
            #expect(wrong["data"] == nil)

            let named = #"{ __type(name: "CustomFieldsInput") { inputFields { name } } }"#
            let names = try await gateway.askFirst(named).json()["data"]?["__type"]?["inputFields"]?.arrayValue
            #expect(names?.compactMap { $0["name"]?.stringValue } == ["all", "riskScore", "platforms", "clientName"])
        }
    }

    @Test func aValueOfAnotherTypeIsAnErrorAtItsField() async throws {
        try await run(Self.byHand) { _, gateway, id in
            let write = """
                mutation($id: ID!) { updateIssue(id: $id, input: { customFieldValues: { clientName: "Acme" } }) { \
                issue { customFields { clientName } } } }
                """
            let json = try await gateway.askFirst(write, variables: ["id": id]).json()
            #expect(json["data"] == ["updateIssue": ["issue": ["customFields": ["clientName": .null]]]])
            #expect(json["errors"]?[0]?["path"] == ["updateIssue", "issue", "customFields", "clientName"])
        }
    }

    @Test func aRefusedFieldIsNamedWhereItWasGiven() async throws {
        try await run(Self.byHand) { _, gateway, id in
            for (input, path) in [
                (#"customFieldValues: { platforms: ["vr"] }"#, ["customFieldValues", "platforms"]),
                (#"customFields: { platforms: ["vr"] }"#, ["customFields", "platforms"]),
                (#"customFieldValues: { all: { platforms: ["vr"] } }"#, ["customFieldValues", "all", "platforms"]),
            ] {
                let write = "mutation($id: ID!) { updateIssue(id: $id, input: { \(input) }) { issue { id } } }"
                let json = try await gateway.askFirst(write, variables: ["id": id]).json()
                let field = JSONValue.array((["input"] + path).map { .string($0) })
                #expect(json["errors"]?[0]?["extensions"]?["field"] == field)
            }
        }
    }

    // MARK: - infer-fields

    @Test(.enabled(if: program.exists), arguments: RowForm.allCases)
    func whatIsInferredCanBeServed(rows: RowForm) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyFile = folder.appendingPathComponent("key").path
        try Data("wsk_live_acme\n".utf8).write(to: URL(fileURLWithPath: keyFile))
        try await SandboxUnderTest.run(SandboxUnderTest.configuration { $0.behavior.rows = rows }) { sandbox in
            let result = try await Self.program.finish(
                ["infer-fields", "--upstream", sandbox.upstream, "--key-file", keyFile, "--samples", "40"],
                in: RepositoryFile.root
            )
            #expect(result.status == 0, "\(result.errors)")
            #expect(!result.output.contains("wsk_live"))
            for line in ["  riskScore: Float", "  billable: Boolean", "  platforms: [String!]", "  budget: JSON"] {
                #expect(result.output.components(separatedBy: "\n").filter { $0 == line }.count == 2, "\(line)")
            }
            #expect(result.output.contains("extend input CustomFieldsInput {"))
            let base = try RepositoryFile.text("schema/workestra.graphql")
            for (name, text) in [("a.graphql", base), ("b.graphql", result.output)] {
                try Data(text.utf8).write(to: folder.appendingPathComponent(name))
            }
            let schema = try await Self.program.finish(["schema", "--schema", folder.path], in: RepositoryFile.root)
            #expect(schema.status == 0, "\(schema.errors)")
            // What has a field already is not named again.
            let again = try await Self.program.finish(
                [
                    "infer-fields", "--schema", folder.path, "--upstream", sandbox.upstream, "--key-file", keyFile,
                    "--samples", "40",
                ],
                in: RepositoryFile.root
            )
            #expect(again.status == 0)
            #expect(again.output == "")
            try await sandbox.withGateway(schema: base + result.output) { gateway in
                let query =
                    "{ issues(first: 50) { nodes { customFields { all riskScore billable platforms budget } } } }"
                let json = try await gateway.askFirst(query).json()
                #expect(json["errors"] == nil)
            }
        }
    }

    @Test(.enabled(if: program.exists)) func withoutSamplesNothingIsInferred() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            for (arguments, status, text) in [
                ([], 1, "UNAUTHENTICATED"), (["--type", "Issue"], 1, "The type \"Issue\" is none"),
                (["--input", "Nothing"], 1, "no input type \"Nothing\""),
                (["--key-file", "/nothing"], 2, "cannot be read"),
                (["--samples", "0"], 2, "--samples"),
            ] as [([String], Int32, String)] {
                let call = ["infer-fields", "--upstream", sandbox.upstream] + arguments
                let result = try await Self.program.finish(call, in: RepositoryFile.root)
                #expect(result.status == status)
                #expect(result.output == "")
                #expect(result.errors.contains(text), "\(result.errors)")
            }
        }
    }

    @Test func keysThatAreNoNamesGetOne() async throws {
        let values: [(JSONValue, String)] = [
            (["a": 1, "b": 3_000_000_000], "Float"), (["a": 1], "Int"), (["a": .null], "JSON"),
            (["a": []], "[String!]"),
            (["a": [1]], "JSON"), (["a": "x"], "String"), (["a": false], "Boolean"),
        ]
        for (object, type) in values {
            #expect(try await inferred(object).components(separatedBy: "\n").contains { $0.hasSuffix(": \(type)") })
        }
        let odd = try await inferred(["all": 1, "1st": 1, "a-b": 1, "aB": 1, "é\"": 1, "user_id": 1, "a_b": 1])
        for line in [
            "all_2: Int @json(name: \"all\")", "_1st: Int @json(name: \"1st\")", "aB_2: Int @json(name: \"a-b\")",
            "aB_3: Int @json(name: \"aB\")", "field: Int @json(name: \"é\\\"\")", "userId: Int",
            "aB: Int",
        ] {
            #expect(odd.components(separatedBy: "\n").contains("  \(line)"), "\(line)")
        }
    }

    private func inferred(_ object: JSONValue) async throws -> String {
        let sdl = """
            type Query { rows: [Row!] @rest(list: "/rows") }
            type Row @entity(get: "/rows/{id}") { id: ID! extras: Extras }
            type Extras { all: JSON @self }
            scalar JSON
            """
        let body = JSONValue.array([["id": "1", "extras": object]]).serialized()
        let upstream = try await ScriptedServer.start(answers: [
            "/rows": .http(body: String(decoding: body, as: UTF8.self))
        ])
        let transport = try CurlTransport()
        let schema = try LoadedSchema(Source(sdl))
        let workspace = Workspace(
            index: 0,
            slug: "main",
            client: UpstreamClient(baseURL: upstream.baseURL, transport: transport),
            conventions: schema.bindings.conventions
        )
        let inference = FieldInference(schema: schema, broker: CallBroker(workspaces: [workspace]), credential: nil)
        let text = try await inference.sdl(samples: 10, type: nil, input: nil)
        _ = try LoadedSchema(Source(sdl + "\n" + text))
        await transport.shutDown()
        try await upstream.shutdown()
        return text
    }
}
