import Foundation
import GatewayTestSupport
import Sandbox
import Testing

/// `check-config --probe` and `serve --require-upstream`: one call says what is wrong with a workspace.
@Suite(.timeLimit(.minutes(15))) struct ProbeTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    private func probe(_ url: String, key: Bool = false) async throws -> BuiltProgram.Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("probe-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("k\n".utf8).write(to: folder.appendingPathComponent("key"))
        let text = "clients: anonymous\nworkspaces: [{slug: main, url: \"\(url)\"\(key ? ", keyFile: key" : "")}]\n"
        try Data(text.utf8).write(to: folder.appendingPathComponent("gateway.yaml"))
        return try await Self.program.finish(
            ["check-config", "--schema", RepositoryFile.root + "/schema", "--config", "gateway.yaml", "--probe"],
            in: folder.path
        )
    }

    /// What the probe says of an upstream that responds so.
    private func probe(key: Bool = false, _ reply: ScriptedResponse) async throws -> (works: Bool, message: String) {
        let server = try await ScriptedServer.start { _ in reply }
        let result = try await probe(server.baseURL, key: key)
        try await server.shutdown()
        let line = result.output.split(separator: "\n").last.map(String.init) ?? result.errors
        return (result.status == 0, line.replacingOccurrences(of: "workspace \"main\": ", with: ""))
    }

    @Test func eachProbeFailureHasItsOwnMessage() async throws {
        let rows = try await probe(.http(body: #"{"data":[],"count":0}"#))
        #expect(rows == (true, "It works."))
        let page = try await probe(.http(body: "<html></html>"))
        #expect(!page.works && page.message.hasPrefix("The response is no JSON, so that this is not the API"))
        let missing = try await probe(.http(404, body: ""))
        #expect(!missing.works && missing.message.contains("(status 404): check the path in \"url\"."))
        let refused = try await probe(key: true, .http(401, body: ""))
        #expect(!refused.works && refused.message.hasPrefix("The key was refused (status 401)"))
        let open = try await probe(.http(401, body: ""))
        #expect(open == (true, "It can be reached, and asks for a key, which callers bring."))
        let broken = try await probe(.http(503, body: ""))
        #expect(!broken.works && broken.message.hasPrefix("It responded with status 503"))
        let redirect = try await probe(
            .http(302, headers: [(name: "Location", value: "https://login.example/x?key=S")], body: "")
        )
        #expect(!redirect.works && redirect.message.hasPrefix("It redirects to https://login.example/x, which is"))
    }

    @Test func eachConnectionFailureHasItsOwnMessage() async throws {
        // It closes connections whose bytes are no HTTP, as servers do.
        let server = try await SandboxServer.start(configuration: SandboxUnderTest.configuration())
        let secure = server.baseURL.replacingOccurrences(of: "http://", with: "https://")
        let noTLS = try await probe(secure)
        #expect(noTLS.status == 1 && noTLS.output.contains("There is no TLS on that port"), "\(noTLS)")
        try await server.shutdown()
        let nothing = try await probe(server.baseURL)
        #expect(nothing.status == 1 && nothing.output.contains("Nothing accepts connections there"), "\(nothing)")
        let host = try await probe("https://no-such-host.invalid/api")
        #expect(host.status == 1 && host.output.contains("Wrong host: its name has no address"), "\(host)")
    }

    @Test func serveStartsWithoutItsUpstreamUnlessItIsRequired() async throws {
        let arguments = ["serve", "--schema", "schema/", "--listen", "127.0.0.1:0", "--upstream", "http://127.0.0.1:9"]
        let required = try await Self.program.finish(arguments + ["--require-upstream"], in: RepositoryFile.root)
        #expect(required.status == 2 && required.errors.contains("Nothing accepts connections there"), "\(required)")
        let gateway = try await RunningProgram.start(Self.program, arguments, in: RepositoryFile.root)
        #expect(gateway.port != nil)
        #expect(try await gateway.errorLine().contains("Nothing accepts connections there"))
        gateway.kill()
    }
}
