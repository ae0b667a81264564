import Foundation
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// The examples of JSON-RPC, and the commands that the documents show, work as shown.
@Suite struct RPCExampleTests {
    @Test func theCurlScriptListsIssues() async throws {
        try await Self.run { gateway in
            let response = try await Self.example("rpc.sh", ["http://\(gateway.server.address)"])
            let result = try JSONValue(parsing: Array(response.utf8))["result"]
            #expect(result?["totalCount"] == 366)
            #expect(result?["nodes"]?.arrayValue?.count == 3)
            #expect(result?["nodes"]?[0]?["project"]?["name"]?.stringValue?.isEmpty == false)
        }
    }

    @Test func thePythonScriptCountsOverdueIssues() async throws {
        try await Self.run { gateway in
            let lines = try await Self.example("rpc.py", ["http://\(gateway.server.address)"]).split(separator: "\n")
            #expect(lines.count == 5)
            #expect(lines.first == "Copper Mobile App 60: 2 overdue")
        }
        #expect(try RepositoryFile.text("examples/rpc.py").split(separator: "\n").count <= 20)
    }

    @Test func theSessionOnThePlainSocketGetsAllResponses() async throws {
        try await Self.run { gateway in
            let address = try #require(gateway.server.lineAddress)
            let output = try await Self.example("rpc-lines.sh", [address.host, "\(address.port)"])
            let responses = try output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
            let byID = Dictionary(responses.map { ($0["id"]?.stringValue ?? "", $0) }) { first, _ in first }
            #expect(responses.first == ["jsonrpc": "2.0", "result": true, "id": "auth"])
            #expect(byID["who"]?["result"] == [["slug": "main"]])
            #expect(byID["newest"]?["result"]?["nodes"] == [["name": "Copper Mobile App 60"]])
            #expect(byID["oops"]?["error"]?["data"]?["code"] == "BAD_USER_INPUT")
            #expect(responses.count == 4)
        }
    }

    @Test func theDocumentsCommandForLinesRuns() async throws {
        let block = try #require(try MarkdownFile("docs/json-rpc-transports.md").blocks.first { $0.language == "sh" })
        try await Self.run { gateway in
            let address = try #require(gateway.server.lineAddress)
            let command = block.text.replacing("127.0.0.1 7070", with: "\(address.host) \(address.port)")
            let result = try await BuiltProgram.finish("/bin/bash", ["-c", command], in: RepositoryFile.root)
            let responses = try result.output.split(separator: "\n").map { try JSONValue(parsing: Array($0.utf8)) }
            #expect(responses.count == 2)
            #expect(responses.last?["result"]?["nodes"]?.arrayValue?.count == 2)
        }
    }

    @Test func serveReportsInvalidSocketOptions() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rpc-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let keyFile = folder.appendingPathComponent("key")
        try Data("two words\n".utf8).write(to: keyFile)
        let program = BuiltProgram(name: "workestra-gateway")
        let common = ["serve", "--listen", "127.0.0.1:0", "--upstream", "http://127.0.0.1:1"]
        let refused = [
            (["--rpc-key-file", keyFile.path], "--rpc-key-file needs --rpc-listen or --rpc-socket."),
            (["--rpc-listen", "127.0.0.1:0", "--rpc-key-file", keyFile.path], "has no key, or none that can be sent"),
            (["--rpc-socket", String(repeating: "x", count: 108)], "107 bytes at most"),
            (["--rpc-maximum-batch", "0"], "must be greater than zero"),
        ]
        for (arguments, message) in refused {
            let result = try program.run(common + arguments, in: RepositoryFile.root)
            #expect(result.status != 0)
            #expect(result.errors.contains(message), "\(result.errors)")
            #expect(!result.errors.contains("two words"))
        }
    }

    // MARK: - Running

    /// Lends a gateway in front of the sandbox, which takes lines.
    private static func run(_ body: (GatewayUnderTest) async throws -> Void) async throws {
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        let sandbox = try await SandboxServer.start(configuration: configuration)
        var options = GatewayUnderTest.Options()
        options.server.lineSockets.address = ListenAddress(host: "127.0.0.1", port: 0)
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "\(sandbox.baseURL)/api/v1",
            options: options,
            body
        )
        try await sandbox.shutdown()
    }

    /// Runs an example and returns what it prints.
    private static func example(_ name: String, _ arguments: [String]) async throws -> String {
        let script = "\(RepositoryFile.root)/examples/\(name)"
        let result = try await BuiltProgram.finish(
            "/usr/bin/env",
            ["WORKESTRA_KEY=wsk_live_acme", "NO_PROXY=*", "no_proxy=*", script] + arguments,
            in: RepositoryFile.root
        )
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }
}
