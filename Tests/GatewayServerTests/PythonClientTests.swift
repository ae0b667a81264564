import Foundation
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Python's GraphQL clients against the gateway, with the schema that they fetch by introspection.
@Suite struct PythonClientTests {
    @Test(.timeLimit(.minutes(5)))
    func clientsWorkUnchanged() async throws {
        let environment = try await Self.run("\(RepositoryFile.root)/scripts/python-clients.sh", [])
        #expect(environment.status == 0, "\(environment.errors)")
        let python = environment.output.trimmingCharacters(in: .newlines) + "/bin/python"
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("clients-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = SandboxConfiguration()
        configuration.plan = .unlimited
        let sandbox = try await SandboxServer.start(configuration: configuration)
        try await GatewayUnderTest.run(
            schema: RepositoryFile.schema(),
            upstream: "\(sandbox.baseURL)/api/v1"
        ) { gateway in
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/python_clients.py"
            let url = "http://\(gateway.server.address)/graphql"
            let clients = try await Self.run(python, [script, url, folder.path])
            #expect(clients.status == 0, "\(clients.errors)")
            let results = try JSONValue(parsing: Array(clients.output.utf8))
            let expected = try await gateway.query(
                "{ projects(first: 2) { totalCount nodes { name issues(first: 1) { totalCount } } } }",
                key: "wsk_live_acme"
            ).json()["data"]
            #expect(expected?["projects"]?["totalCount"] == 60)
            #expect(results["requests"] == expected)
            #expect(results["aiohttp"] == expected)
            let names = expected?["projects"]?["nodes"]?.arrayValue?.compactMap { $0["name"] }
            #expect(results["sgqlc"]?.arrayValue == names)
        }
        try await sandbox.shutdown()
    }

    private struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Runs a program to its end; its output goes through files, so that it never waits for a reader.
    private static func run(_ path: String, _ arguments: [String]) async throws -> Outcome {
        let base = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
        let files = [base.appendingPathExtension("out"), base.appendingPathExtension("err")]
        for file in files { try Data().write(to: file) }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(status: status, output: texts[0], errors: texts[1])
    }
}
