import Foundation
import GatewayServer
import GatewayTestSupport
import JSON
import Sandbox
import Testing

/// Python's GraphQL clients against the gateway, with the schema that they fetch by introspection.
@Suite struct PythonClientTests {
    @Test(.timeLimit(.minutes(15)))
    func clientsWorkUnchanged() async throws {
        let python = try await PythonPackages.interpreter()
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
            let clients = try await BuiltProgram.finish(python, [script, url, folder.path], in: RepositoryFile.root)
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
            let cached = results["cache"]
            let own = cached?["seen"]?[0]?["data"]?["issues"]?["nodes"]
            #expect(own?.arrayValue?.count == 1)
            #expect(cached?["seen"]?[1]?["data"]?["issues"]?["nodes"] == own)
            #expect(cached?["seen"]?[2]?["data"]?["issues"] == .null)
            #expect(cached?["written"]?["data"]?["updateIssue"]?["issue"]?["title"] == "Written")
            #expect(cached?["after"]?["data"]?["issues"]?["nodes"]?[0]?["title"] == "Written")
        }
        try await sandbox.shutdown()
    }
}
