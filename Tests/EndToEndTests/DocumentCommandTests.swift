import Foundation
import Gateway
import GatewayServer
import GatewayTestSupport
import GraphQL
import JSON
import Sandbox
import Testing

/// What the documents show works as shown.
@Suite struct DocumentCommandTests {
    static let documents =
        ["README.md", "CONTRIBUTING.md", "benchmarks/README.md"]
        + ((try? FileManager.default.contentsOfDirectory(atPath: "\(RepositoryFile.root)/docs")) ?? [])
        .filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }

    private static let curl = "/usr/bin/curl"

    // MARK: - The query of the README

    @Test func theReadmesQueryHasTheReadmesResultAndCost() async throws {
        let readme = try MarkdownFile("README.md")
        let command = try #require(readme.blocks.first { $0.text.hasPrefix("curl ") }?.text)
        let shown = try #require(readme.blocks.first { $0.language == "json" }?.text)
        // `curl -d @-` leaves out line breaks.
        let body = command.split(separator: "\n").dropFirst().prefix { $0 != "BODY" }.joined()
        try await withSandbox { sandbox, gateway in
            let response = try await gateway.send(
                "POST",
                "/graphql",
                headers: [
                    (name: "Authorization", value: "Bearer wsk_live_acme"),
                    (name: "Content-Type", value: "application/json"),
                ],
                body: Array(body.utf8)
            )
            #expect(try response.json() == JSONValue(parsing: Array(shown.utf8)))
            #expect(readme.prose.contains("That took **\(sandbox.calls().total) upstream calls**"))
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: curl)))
    func theReadmesCurlCommandRuns() async throws {
        let readme = try MarkdownFile("README.md")
        let command = try #require(readme.blocks.first { $0.text.hasPrefix("curl ") }?.text)
        let shown = try #require(readme.blocks.first { $0.language == "json" }?.text)
        try await withSandbox { _, gateway in
            let script = command.replacing("127.0.0.1:8080", with: "\(gateway.server.address)")
                .replacing("curl ", with: "\(Self.curl) --silent --max-time 20 --noproxy '*' ", maxReplacements: 1)
            let result = try BuiltProgram.run("/bin/bash", ["-c", script], in: RepositoryFile.root)
            #expect(result.status == 0)
            #expect(try JSONValue(parsing: Array(result.output.utf8)) == JSONValue(parsing: Array(shown.utf8)))
        }
    }

    /// The calls by JSON-RPC and MCP.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: curl)))
    func theReadmesOtherCurlCommandsReturnRows() async throws {
        let commands = try MarkdownFile("README.md").blocks.map(\.text).filter { $0.hasPrefix("curl ") }.dropFirst()
        try #require(commands.count == 2)
        try await withSandbox { _, gateway in
            for command in commands {
                let script = command.replacing("127.0.0.1:8080", with: "\(gateway.server.address)")
                    .replacing("curl ", with: "\(Self.curl) --silent --max-time 20 --noproxy '*' ", maxReplacements: 1)
                let result = try BuiltProgram.run("/bin/bash", ["-c", script], in: RepositoryFile.root)
                let response = try JSONValue(parsing: Array(result.output.utf8))["result"]
                let rows = response?["nodes"] ?? response?["structuredContent"]?["result"]?["nodes"]
                #expect(rows?.arrayValue?.count == 2, "\(result.output)")
            }
        }
    }

    // MARK: - Commands

    @Test(arguments: documents)
    func makeHasTheTargetsThatAreShown(document: String) throws {
        let file = try MarkdownFile(document)
        let shown = (file.commands + file.codeSpans).filter { $0.hasPrefix("make ") }
        for command in shown {
            let result = try BuiltProgram.run(
                "/bin/bash",
                ["-c", "make --dry-run \(command.dropFirst("make ".count))"],
                in: RepositoryFile.root
            )
            #expect(result.status == 0, "\(command): \(result.errors)")
        }
        for command in file.commands where command.hasPrefix("./") {
            let script = String(command.prefix { $0 != " " })
            #expect(FileManager.default.isExecutableFile(atPath: "\(RepositoryFile.root)/\(script)"), "\(command)")
        }
        if document == "README.md" { #expect(file.commands.contains { $0.hasPrefix("./demo") }) }
    }

    // The pages for operators are run as they stand: `OperatorPageTests`.
    @Test(arguments: documents.filter { !OperatorPageTests.pages.contains($0) })
    func theProgramsTakeTheArgumentsThatAreShown(document: String) throws {
        for command in try MarkdownFile(document).commands {
            let words = command.split(separator: " ").map(String.init)
            guard let name = words.first, name.hasPrefix("workestra-") else { continue }
            let program = BuiltProgram(name: name)
            try #require(program.exists, "\(name) is not built")
            let arguments = Array(words.dropFirst())
            if name == "workestra-sandbox" || ["serve", "infer-fields"].contains(arguments.first) {
                // It would run until it is stopped, or needs an upstream; its help lists its options.
                let subcommand = arguments.prefix { !$0.hasPrefix("--") }
                let help = try program.run(subcommand + ["--help"], in: RepositoryFile.root).output
                for option in arguments where option.hasPrefix("--") {
                    #expect(help.contains("  \(option) "), "\(command): no \(option)")
                }
            } else {
                let result = try program.run(arguments, in: RepositoryFile.root)
                #expect(result.status == 0, "\(command): \(result.errors)")
            }
        }
    }

    @Test func theEstimateThatIsShownIsTheCommandsOutput() throws {
        let blocks = try MarkdownFile("docs/query-cost.md").blocks.map(\.text)
        let command = try #require(blocks.first { $0.hasPrefix("workestra-gateway explain ") })
        let arguments = command.split(separator: " ").dropFirst().map { $0.trimmingCharacters(in: .newlines) }
        let result = try BuiltProgram(name: "workestra-gateway").run(arguments, in: RepositoryFile.root)
        let shown = try #require(blocks.first { $0.hasPrefix("examples/board.graphql: ") })
        #expect(result.output == shown.trimmingCharacters(in: .newlines) + "\n")
    }

    @Test func targetsThatAreShownExist() throws {
        for command in try MarkdownFile("docs/development.md").commands {
            let words = command.split(separator: " ").map(String.init)
            guard words.first == "swift", words.count >= 4 else { continue }
            let folder = words[2] == "--target" ? "Sources" : "Tests"
            let target = words[3].prefix { $0 != "." }
            #expect(FileManager.default.fileExists(atPath: "\(RepositoryFile.root)/\(folder)/\(target)"), "\(command)")
        }
    }

    // MARK: - Schemas and operations

    static let schemaBlocks =
        (try? MarkdownFile("docs/schema-bindings.md").blocks.filter { $0.language == "graphql" }) ?? []

    @Test(arguments: schemaBlocks)
    func anExampleOfABindingLoads(block: MarkdownFile.Block) throws {
        #expect(throws: Never.self) { try LoadedSchema(Source(block.text, name: block.testDescription)) }
    }

    @Test func thereAreExamples() throws {
        #expect(Self.schemaBlocks.count >= 10)
    }

    @Test(arguments: ["benchmarks/posts/cached", "benchmarks/posts/envelope", "benchmarks/posts/plain", "schema"])
    func aSchemaOfTheRepositoryLoads(folder: String) throws {
        #expect(throws: Never.self) { try LoadedSchema(RepositoryFile.schema(folder)) }
    }

    @Test func theReadmesSchemaLoads() throws {
        let block = try #require(try MarkdownFile("README.md").blocks.first { $0.language == "graphql" })
        #expect(throws: Never.self) { try LoadedSchema(Source(block.text, name: block.testDescription)) }
    }

    @Test func theExamplesAreValid() throws {
        let schema = try LoadedSchema(RepositoryFile.schema()).executable.schema
        let folder = "\(RepositoryFile.root)/examples"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".graphql") }
        #expect(names.contains("board.graphql"))
        for name in names {
            let source = Source(try RepositoryFile.bytes("examples/\(name)"), name: name)
            #expect(validate(try Document(parsing: source, limits: .standard), schema: schema) == [])
        }
    }

    private func withSandbox(_ body: (SandboxServer, GatewayUnderTest) async throws -> Void) async throws {
        let sandbox = try await SandboxServer.start(configuration: .onAnyPort)
        try await GatewayUnderTest.run(schema: RepositoryFile.schema(), upstream: "\(sandbox.baseURL)/api/v1") {
            gateway in
            try await body(sandbox, gateway)
        }
        try await sandbox.shutdown()
    }
}

extension SandboxConfiguration {
    /// What `workestra-sandbox` has without arguments, but on any free port.
    fileprivate static var onAnyPort: SandboxConfiguration {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        return configuration
    }
}
