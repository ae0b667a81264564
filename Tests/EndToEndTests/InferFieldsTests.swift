import Foundation
import Gateway
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// What the command `infer-fields` prints, and that it serves as it stands.
@Suite struct InferFieldsTests {
    private func infer(
        _ sandbox: SandboxUnderTest,
        _ options: [String] = [],
        key: String = "wsk_live_acme"
    ) throws
        -> BuiltProgram.Result
    {
        let folder = try TemporaryFolder()
        try folder.write(key + "\n", to: "key")
        let upstream = ["--upstream", sandbox.upstream, "--key-file", "\(folder.path)/key"]
        return try BuiltProgram(name: "workestra-gateway").run(
            ["infer-fields"] + upstream + options,
            in: RepositoryFile.root
        )
    }

    /// The sandbox's definitions of fields, as types.
    private static let types: [(field: String, type: String)] = [
        ("billable", "Boolean"), ("budget", "JSON"), ("clientName", "String"), ("contactEmail", "String"),
        ("contactPhone", "String"), ("contractValue", "JSON"), ("environment", "String"), ("health", "String"),
        ("kickoffDate", "String"), ("plannedStart", "String"), ("platforms", "[String!]"), ("releaseNotes", "String"),
        ("riskScore", "Float"), ("satisfaction", "Int"), ("slaTier", "String"), ("specUrl", "String"),
    ]

    @Test(arguments: RowRepresentation.allCases)
    func everyKindOfFieldGetsItsType(rows: RowRepresentation) async throws {
        let configuration = SandboxUnderTest.configuration {
            $0.behavior.rows = rows
            $0.issues = 120
        }
        try await SandboxUnderTest.run(configuration) { sandbox in
            let result = try infer(sandbox)
            #expect(result.errors == "")
            #expect(result.status == 0)
            #expect(result.output.hasPrefix("# Inferred from 132 objects: 12 of projects, 120 of issues.\n"))
            let document = try Document(parsing: Source(result.output), limits: .standard)
            #expect(
                document.definitions.map(\.extendedFields) == [Self.types.map(Field.init), Self.types.map(Field.init)]
            )
            if rows == .whole { #expect(sandbox.server.calls().total == 3) }
        }
    }

    @Test func whatIsPrintedLoadsBesideTheSchemaAndIsServed() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let inferred = try infer(sandbox, ["--type", "CustomFields", "--samples", "100"]).output
            let folder = try TemporaryFolder()
            try folder.write(RepositoryFile.schemaText(), to: "workestra.graphql")
            try folder.write(inferred, to: "zz-inferred.graphql")
            let gateway = BuiltProgram(name: "workestra-gateway")
            let schema = try gateway.run(["schema", "--schema", folder.path], in: RepositoryFile.root)
            #expect(schema.status == 0)
            #expect(schema.output.contains("\n  riskScore: Float\n"))
            let again = try infer(sandbox, ["--schema", folder.path])
            #expect(again.output == "# Inferred from 242 objects: 12 of projects, 230 of issues.\n")
            let merged = try RepositoryFile.schemaText() + inferred
            try await sandbox.withGateway(schema: merged) { gateway in
                let text = """
                    mutation($project: ID!) { createIssue(input: { projectId: $project, title: "A", \
                    customFieldValues: { riskScore: 2.5, platforms: ["web"], billable: null } }) \
                    { issue { customFields { riskScore platforms billable } } } }
                    """
                let project = try #require(try await sandbox.ids(of: "projects", key: "wsk_live_acme").first)
                let json = try await gateway.askFirst(text, variables: ["project": .string(project)]).json()
                #expect(
                    json == [
                        "data": [
                            "createIssue": [
                                "issue": ["customFields": ["riskScore": 2.5, "platforms": ["web"], "billable": .null]]
                            ]
                        ]
                    ]
                )
            }
        }
    }

    @Test func unreadableResponsesAreReported() async throws {
        try await SandboxUnderTest.run(SandboxUnderTest.configuration()) { sandbox in
            let unknown = try infer(sandbox, key: "wrong-secret")
            #expect(unknown.status == 1)
            #expect(unknown.errors == "UNAUTHENTICATED: A valid API key is required.\n")
            let closed = try infer(sandbox, ["--type", "Issue"])
            #expect(closed.status == 2)
            #expect(
                closed.errors.contains(
                    "\"Issue\" has no scalar field that is bound by @self; these have: CustomFields."
                )
            )
            #expect(try infer(sandbox, ["--samples", "0"]).status == 2)
            #expect(try infer(sandbox, key: "two words").errors.contains("must be a key"))
            #expect(try infer(sandbox, key: "two words").errors.contains("two words") == false)
        }
    }
}

/// A field with its type as SDL.
struct Field: Equatable {
    let name: String
    let type: String

    init(_ name: String, _ type: String) {
        (self.name, self.type) = (name, type)
    }
}

extension DefinitionNode {
    /// The fields of an extension of an object or input object type.
    fileprivate var extendedFields: [Field] {
        guard case .type(let node) = self, node.isExtension else { return [] }
        return node.members.fields.map { Field($0.name.value, $0.type.text) }
            + node.members.inputFields.map { Field($0.name.value, $0.type.text) }
    }
}

/// A folder for a test's own files, gone with the value that stands for it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
}
