import Foundation
import GatewayTestSupport
import JSON
import Testing

/// `validate` and `schema` as steps of somebody's build.
@Suite struct CheckCommandTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        try body(folder.path)
    }

    private func run(_ arguments: String...) throws -> BuiltProgram.Result {
        try Self.program.run(arguments, in: RepositoryFile.root)
    }

    private static let schema = "type Query { a: Query b: Int }"

    @Test(.enabled(if: program.exists)) func validateSaysThatAllIsWell() throws {
        try withFolder(["s.graphql": Self.schema, "one.gql": "{ b }", "two.gql": "query T { a { b } }"]) { folder in
            let one = try run("validate", "--schema", "\(folder)/s.graphql", "--query", "\(folder)/one.gql")
            #expect((one.status, one.output, one.errors) == (0, "1 document is valid.\n", ""))
            let both = ["--query", "\(folder)/one.gql", "\(folder)/two.gql"]
            let two = try Self.program.run(
                ["validate", "--schema", "\(folder)/s.graphql"] + both,
                in: RepositoryFile.root
            )
            #expect((two.status, two.output) == (0, "2 documents are valid.\n"))
            let json = try Self.program.run(
                ["validate", "--format", "json", "--schema", "\(folder)/s.graphql"] + both,
                in: RepositoryFile.root
            )
            #expect((json.status, json.output) == (0, "{\"errors\":[]}\n"))
        }
    }

    @Test(.enabled(if: program.exists)) func validateAppliesAServersLimits() throws {
        let deep = String(repeating: "a { ", count: 31) + "b" + String(repeating: " }", count: 31)
        let long = (0..<2000).map { "a\($0): b" }.joined(separator: " ")
        let nested =
            "{ __type(name: \"Query\") { fields { type { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } }"
        // Each of these is below the limits, both together are not.
        let half = (0..<600).map { "a\($0): b" }.joined(separator: " ")
        let files = [
            "s.graphql": Self.schema, "deep.gql": "{ \(deep) }", "long.gql": "{ \(long) }", "nested.gql": nested,
            "half.gql": "query A { a { \(half) ...F } }",
            "rest.gql": "query B { a { \(half) } } fragment F on Query { b }",
        ]
        try withFolder(files) { folder in
            func check(_ names: String..., limits: [String]) throws -> BuiltProgram.Result {
                let paths = names.map { "\(folder)/\($0).gql" }
                return try Self.program.run(
                    ["validate"] + limits + ["--schema", "\(folder)/s.graphql", "--query"] + paths,
                    in: RepositoryFile.root
                )
            }
            for name in ["deep", "long", "nested"] {
                #expect(try check(name, limits: []).status == 0)
                #expect(try check(name, limits: ["--limits"]).status == 1, "\(name)")
            }
            #expect(try check("deep", limits: ["--limits"]).output.contains("nests fields 32 deep; the limit is 30"))
            #expect(try check("deep", limits: ["--limits", "--max-depth", "40"]).status == 0)
            #expect(try check("nested", limits: ["--limits", "--max-introspection-depth", "5"]).status == 0)
            #expect(try check("half", "rest", limits: ["--limits"]).status == 0)
            let tokens = try check("half", limits: ["--limits", "--max-tokens", "1000"])
            #expect(tokens.status == 1)
            #expect(tokens.output.contains("1000 tokens"))
            #expect(try run("validate", "--limits", "--cases", "/dev/null").status == 2)
            let unused = try check("deep", limits: ["--max-depth", "1"])
            #expect(unused.status == 2 && unused.errors.contains("The --max-… options need --limits."))
        }
    }

    @Test(.enabled(if: program.exists)) func aLineWithAnOperationNameAloneChoosesTheOperation() throws {
        func line(_ id: Int, _ members: String) -> String {
            #"{"id":\#(id),"schema":"type Query { a(b: Int!): Int }","query":"query A($b: Int!) { a(b: $b) } query C { a(b: 1) }"\#(members)}"#
        }
        let lines = [
            line(1, ""), line(2, #","operationName":"A""#), line(3, #","operationName":"C""#),
            line(4, #","operationName":"B""#), line(5, #","operationName":"A","variables":{"b":1}"#),
            line(6, #","operationName":null"#),
        ]
        try withFolder(["cases.jsonl": lines.joined(separator: "\n")]) { folder in
            let result = try run("validate", "--cases", "\(folder)/cases.jsonl")
            let errors = try result.output.split(separator: "\n").map {
                try JSONValue(parsing: Array($0.utf8))["errors"]?[0]?["message"]?.stringValue
            }
            #expect(
                errors == [
                    nil, #"Variable "$b" of required type "Int!" was not provided."#, nil,
                    #"Unknown operation named "B"."#, nil, nil,
                ]
            )
        }
    }

    @Test(.enabled(if: program.exists)) func whatSchemaPrintsCanBeLoadedAgain() throws {
        let printed = try run("schema", "--schema", "schema/")
        #expect(printed.status == 0)
        #expect(printed.output.contains("directive @rest("))
        try withFolder(["printed.graphql": printed.output]) { folder in
            let again = try run("schema", "--schema", "\(folder)/printed.graphql")
            #expect((again.status, again.errors) == (0, ""))
            #expect(again.output == printed.output)
            let first = try run("schema", "--api", "--schema", "schema/")
            let second = try run("schema", "--api", "--schema", "\(folder)/printed.graphql")
            #expect(first.output == second.output)
        }
    }

    @Test(.enabled(if: program.exists)) func anErrorOfARunIsNotFollowedByTheUsage() throws {
        let missing = try run("validate", "--schema", "/absent/s.graphql", "--query", "examples/")
        #expect((missing.status, missing.output) == (2, ""))
        #expect(missing.errors.hasPrefix("Error: "))
        #expect(!missing.errors.contains("Usage:"))
        #expect(missing.errors.split(separator: "\n").count == 1)
        // How a command is called is shown to who calls it wrongly.
        #expect(try run("validate", "--nonsense").errors.contains("Usage:"))
    }
}
