import Foundation
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// What the pages for operators show is run as it stands: every command, every configuration.
@Suite(.timeLimit(.minutes(15))) struct OperatorPageTests {
    static let pages = [
        "docs/operations.md", "docs/configuration.md", "docs/authentication.md", "docs/observability.md",
    ]

    /// Languages of blocks that are no commands.
    private static let notRun: Set = ["swift", "text"]

    /// What the pages name and this suite does not run, with the reason.
    private static let elsewhere = [
        "scripts/rolling-restart.sh": "needs haproxy and minutes; `make test-all` runs it",
        "scripts/tls-test.sh": "needs testssl.sh and minutes; `make test-all` runs it",
        "scripts/soak.sh SECONDS": "takes as long as its argument says; `make test-all` runs it",
        "make test-all": "takes hours",
        "make count": "takes minutes; CI runs it",
    ]

    private static let program = BuiltProgram(name: "workestra-gateway")

    /// What the commands find: the files that the pages name, an upstream, and the program under its name.
    private struct Place {
        let folder: String
        let upstream: String

        /// Where the paths and addresses of the pages are here.
        func located(_ text: String) -> String {
            let replacements = [
                ("https://acme.workestra.app", upstream), ("/run/secrets/", "\(folder)/secrets/"),
                ("/run/gateway/", "\(folder)/run/"), ("/etc/gateway/", "\(folder)/etc/"), (":8080", ":0"),
                (":9090", ":0"),
                (":8443", ":0"),
            ]
            return replacements.reduce(text) { $0.replacing($1.0, with: $1.1) }
        }

        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }

        /// Runs commands as one script.
        func run(_ commands: String) async throws -> BuiltProgram.Result {
            let script = "set -euo pipefail\nexport no_proxy='*'\nPATH=\(folder)/bin:$PATH\n\(located(commands))"
            return try await BuiltProgram.finish("/bin/bash", ["-c", script], in: folder)
        }

        /// A gateway that has printed where it listens is stopped.
        var wrapper: String {
            """
            #!/bin/bash
            [[ ${1:-} == serve ]] || exec \(OperatorPageTests.program.path) "$@"
            export GATEWAY_DRAIN_DELAY=0
            coproc gateway { exec \(OperatorPageTests.program.path) "$@"; }
            process=$gateway_PID
            read -r line <&"${gateway[0]}" || { wait "$process"; exit 1; }
            echo "$line"
            kill -TERM "$process"
            wait "$process"

            """
        }
    }

    private func withPlace(_ body: (Place) async throws -> Void) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        let sandbox = try await SandboxServer.start(configuration: configuration)
        let folder = "\(FileManager.default.temporaryDirectory.path)/page-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["bin", "secrets", "run", "etc"] {
            try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        let place = Place(folder: folder, upstream: sandbox.baseURL)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/schema",
            withDestinationPath: "\(RepositoryFile.root)/schema"
        )
        try place.write("secrets/acme", "wsk_live_acme\n")
        try place.write("documents.json", #"{"board": "{ projects(first: 1) { totalCount } }"}"#)
        try place.write("bin/workestra-gateway", place.wrapper)
        let certificate = """
            chmod +x bin/workestra-gateway
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost \
              -keyout etc/tls.key -out etc/tls.pem
            """
        let made = try await place.run(certificate)
        try #require(made.status == 0, "\(made.errors)")
        try await body(place)
        try await sandbox.shutdown()
    }

    // MARK: - Pages

    @Test(.enabled(if: program.exists), arguments: pages)
    func everyBlockIsRunOrSaysThatItIsNone(page: String) async throws {
        try await withPlace { place in
            for block in try MarkdownFile(page).blocks {
                switch block.language {
                case "sh":
                    let result = try await place.run(block.text)
                    #expect(result.status == 0, "\(block.testDescription): \(result.errors)")
                case "console": try await runSession(block, place)
                case "yaml":
                    try place.write("gateway.yaml", place.located(block.text))
                    let result = try await place.run("workestra-gateway check-config --config gateway.yaml")
                    #expect(result.status == 0 && result.errors == "", "\(block.testDescription): \(result)")
                case let language:
                    #expect(Self.notRun.contains(language), "\(block.testDescription) must say what it is.")
                }
            }
        }
    }

    /// Runs what stands after each prompt, against a gateway that serves, and looks for the lines that are shown after it.
    private func runSession(_ block: MarkdownFile.Block, _ place: Place) async throws {
        let gateway = try await RunningProgram.start(
            Self.program,
            ["serve", "--schema", "schema/", "--upstream", "\(place.upstream)/api/v1", "--listen", "127.0.0.1:0"],
            in: place.folder
        )
        defer { gateway.kill() }
        let port = try #require(gateway.port)
        var output = ""
        for line in block.text.split(separator: "\n") {
            if line.hasPrefix("$ ") {
                let command = String(line.dropFirst(2)).replacing("127.0.0.1:8080", with: "127.0.0.1:\(port)")
                let result = try await place.run(command)
                #expect(result.status == 0, "\(command): \(result.errors)")
                output = result.output
            } else {
                let lines = output.split(whereSeparator: \.isNewline)
                #expect(lines.contains { $0 == line }, "\(block.testDescription) shows \(line), not \(output)")
            }
        }
    }

    @Test(arguments: pages) func whatIsRunElsewhereIsListedWithItsReason(page: String) throws {
        let commands = try MarkdownFile(page).codeSpans.filter { $0.hasPrefix("scripts/") || $0.hasPrefix("make ") }
        for command in commands { #expect(Self.elsewhere[command] != nil, "\(page): \(command)") }
        let all = try RepositoryFile.text("scripts/test.sh")
        for (command, reason) in Self.elsewhere where reason.contains("make test-all") {
            let script = String(command.prefix { $0 != " " })
            #expect(all.contains("\n\(script) "), "\(script)")
        }
    }

    // MARK: - Tokens

    @Test(.enabled(if: program.exists)) func theTokenThatTheCommandsMakeIsTheClients() async throws {
        try await withPlace { place in
            let block = try #require(try MarkdownFile("docs/authentication.md").blocks.first { $0.language == "sh" })
            let hash = try await place.run(block.text).output
            try place.write(
                "gateway.yaml",
                """
                workspaces: [{slug: acme, url: "\(place.upstream)/api/v1", keyFile: secrets/acme}]
                clients: [{name: dashboard, tokens: ["\(hash.trimmingCharacters(in: .newlines))"], workspaces: [acme]}]
                """
            )
            let gateway = try await RunningProgram.start(
                Self.program,
                ["serve", "--config", "gateway.yaml", "--listen", "127.0.0.1:0"],
                in: place.folder
            )
            defer { gateway.kill() }
            let url = "http://127.0.0.1:\(try #require(gateway.port))/graphql"
            let request =
                "curl --silent --noproxy '*' -H 'Content-Type: application/json' -d '{\"query\":\"{ projects { totalCount } }\"}'"
            let known = try await place.run("\(request) -H \"Authorization: Bearer $(cat token)\" \(url)")
            #expect(try JSONValue(parsing: Array(known.output.utf8))["data"]?["projects"]?["totalCount"] == 60)
            let unknown = try await place.run("\(request) \(url)")
            let code = try JSONValue(parsing: Array(unknown.output.utf8))["errors"]?[0]?["extensions"]?["code"]
            #expect(code == "UNAUTHENTICATED")
        }
    }
}
