import Foundation
import GatewayTestSupport
import Glibc
import Sandbox
import Synchronization
import Testing

/// Keys in files that change while the built program runs.
@Suite(.timeLimit(.minutes(15))) struct KeyRotationTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    /// An upstream that accepts one key, which shows as the title of everything.
    private final class Upstream: Sendable {
        private final class Accepted: Sendable {
            let key: Mutex<String>

            init(_ key: String) { self.key = Mutex(key) }
        }

        private let accepted: Accepted
        let server: ScriptedServer

        init(_ key: String) async throws {
            let accepted = Accepted(key)
            self.accepted = accepted
            server = try await ScriptedServer.start { request in
                let sent = String((request.header("authorization") ?? "").dropFirst("Bearer ".count))
                let isAccepted = sent == accepted.key.withLock { $0 }
                return isAccepted ? .http(body: #"{"id":"1","title":"\#(sent)"}"#) : .http(401, body: "")
            }
        }

        func accept(_ key: String) { accepted.key.withLock { $0 = key } }
    }

    /// A folder with a configuration and a file with a key.
    private struct Folder {
        let url: URL

        init(_ upstream: Upstream, key: String) throws {
            url = FileManager.default.temporaryDirectory.appendingPathComponent("keys-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try write(key)
            let configuration = """
                {"clients": "anonymous", "options": {"no-cache": true}, "workspaces": [
                  {"slug": "main", "url": "\(upstream.server.baseURL)", "keyFile": "\(keyFile.path)"}]}
                """
            try Data(configuration.utf8).write(to: url.appendingPathComponent("gateway.json"))
        }

        var keyFile: URL { url.appendingPathComponent("key") }

        func write(_ key: String) throws { try Data("\(key)\n".utf8).write(to: keyFile, options: .atomic) }

        func remove() { try? FileManager.default.removeItem(at: url) }
    }

    private func start(_ folder: Folder) async throws -> RunningProgram {
        let arguments = ["--schema", "schema/", "--listen", "127.0.0.1:0", "--threads", "1"]
        let gateway = try await RunningProgram.start(
            Self.program,
            ["serve", "--config", folder.url.appendingPathComponent("gateway.json").path] + arguments,
            in: RepositoryFile.root
        )
        try #require(gateway.port != nil, "The gateway did not start: \(gateway.firstLine)")
        return gateway
    }

    /// The response to a request for an issue.
    private func issue(_ gateway: RunningProgram) async throws -> String {
        let body = #"{"query":"{ issue(id: \"1\") { title } }"}"#
        let client = try RawConnection(port: try #require(gateway.port))
        client.send(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        return await client.readToEnd()
    }

    @Test(.enabled(if: program.exists)) func hangupReadsTheKeyFileAgain() async throws {
        let upstream = try await Upstream("k1")
        let folder = try Folder(upstream, key: "k1")
        defer { folder.remove() }
        let gateway = try await start(folder)
        #expect(try await issue(gateway).contains(#""title":"k1""#))
        try folder.write("k2")
        upstream.accept("k2")
        gateway.send(signal: SIGHUP)
        // Each line is read before the next one is caused.
        var lines = ""
        while !lines.contains("SIGHUP") { lines += try await gateway.errorLine() }
        #expect(lines.contains("The file has another key") && !lines.contains("k2"))
        #expect(try await issue(gateway).contains(#""title":"k2""#))
        gateway.kill()
        try await upstream.server.shutdown()
    }

    @Test(.enabled(if: program.exists), arguments: ["", "a b"])
    func aBadFileKeepsTheKey(text: String) async throws {
        let upstream = try await Upstream("k1")
        let folder = try Folder(upstream, key: "k1")
        defer { folder.remove() }
        let gateway = try await start(folder)
        try folder.write(text)
        for _ in 1...2 { gateway.send(signal: SIGHUP) }
        var lines = ""
        while !lines.contains("SIGHUP") { lines += try await gateway.errorLine() }
        #expect(
            lines.contains(
                "The key file has no key that can be used, so the previous key stays in use: it has no key, or none that can be sent."
            )
        )
        #expect(try await issue(gateway).contains(#""title":"k1""#))
        gateway.kill()
        try await upstream.server.shutdown()
    }

    @Test(.enabled(if: program.exists)) func aRefusedKeyIsReadAgain() async throws {
        let upstream = try await Upstream("k1")
        let folder = try Folder(upstream, key: "k1")
        defer { folder.remove() }
        let gateway = try await start(folder)
        try folder.write("k2")
        upstream.accept("k2")
        // The refusal of the old key has the file read, which the next request may be too early for.
        var text = ""
        repeat { text = try await issue(gateway) } while text.contains("UNAUTHENTICATED")
        #expect(text.contains(#""title":"k2""#))
        gateway.kill()
        try await upstream.server.shutdown()
    }
}
