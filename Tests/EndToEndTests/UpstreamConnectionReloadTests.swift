import Foundation
import GatewayTestSupport
import Glibc
import Testing

/// SIGHUP changes how a workspace connects, while the built program serves.
@Suite(.timeLimit(.minutes(15))) struct UpstreamConnectionReloadTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    /// An upstream over TLS with a proxy before it, certificates, and a gateway that calls it.
    private struct Setup {
        let folder: String
        let upstream: RunningProgram
        let gateway: RunningProgram

        init() async throws {
            folder = FileManager.default.temporaryDirectory.path + "/connection-reload-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in ["localhost", "other", "first", "second"] { try await Self.make(name, in: folder) }
            try Self.copy(["first.pem", "second.pem"], to: "clients.pem", in: folder)
            try Self.copy(["localhost.pem"], to: "ca.pem", in: folder)
            let script = RepositoryFile.root + "/Tests/EndToEndTests/tls_upstream.py"
            upstream = try await RunningProgram.start(
                path: "/usr/bin/env",
                ["python3", script, "localhost.pem", "localhost.key", "clients.pem"],
                in: folder
            )
            try Self.write(["caFile: ca.pem"], upstream, in: folder)
            gateway = try await RunningProgram.start(
                UpstreamConnectionReloadTests.program,
                [
                    "serve", "--config", folder + "/gateway.yaml", "--schema", "schema/", "--threads", "1", "--listen",
                    "127.0.0.1:0", "--no-cache",
                ],
                in: RepositoryFile.root
            )
            try #require(gateway.port != nil, "The gateway did not start: \(gateway.firstLine)")
        }

        private static func make(_ name: String, in folder: String) async throws {
            let arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(name).key", "-out",
                "\(name).pem",
            ]
            let result = try await BuiltProgram.finish("/usr/bin/openssl", arguments, in: folder)
            try #require(result.status == 0, "\(result.errors)")
        }

        private static func copy(_ names: [String], to name: String, in folder: String) throws {
            let contents = try names.map { try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)")) }
            try Data(contents.joined()).write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
        }

        private static func write(_ members: [String], _ upstream: RunningProgram, in folder: String) throws {
            let url = try #require(upstream.firstLine.split(separator: " ").last)
            let lines = ["workspaces:", "  - slug: main", "    url: \(url)"] + members.map { "    \($0)" }
            let text = lines.joined(separator: "\n") + "\n"
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/gateway.yaml"), options: .atomic)
        }

        /// The URL of the proxy.
        var proxy: String { "http://127.0.0.1:\(upstream.firstLine.prefix { $0 != " " })" }

        /// Replaces a file by another one.
        func copy(_ name: String, to other: String) throws { try Self.copy([name], to: other, in: folder) }

        /// Replaces the workspace's settings and returns what the program says of it.
        func reload(_ members: String...) async throws -> String {
            try Self.write(members, upstream, in: folder)
            gateway.send(signal: SIGHUP)
            var lines = ""
            while !lines.contains("is in effect") && !lines.contains("stays as it was") {
                lines += try await gateway.errorLine()
            }
            return lines
        }

        /// Who the upstream says has called it, and which way; nil: the call fails.
        func caller() async throws -> String? {
            let body = #"{"query":"{ projects { nodes { name } } }"}"#
            let client = try RawConnection(port: try #require(gateway.port))
            client.send(
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Authorization: Bearer k\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let response = await client.readToEnd()
            let start = response.range(of: #"{"data":{"projects":{"nodes":[{"name":""#)
            return start.map { String(response[$0.upperBound...].prefix { $0 != "\"" }) }
        }

        func stop() {
            gateway.kill()
            upstream.kill()
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    @Test(.enabled(if: program.exists)) func aReloadChangesHowAWorkspaceConnects() async throws {
        let setup = try await Setup()
        defer { setup.stop() }
        #expect(try await setup.caller() == "nobody direct")
        let first = ["caFile: ca.pem", "certificateFile: own.pem", "privateKeyFile: own.key"]
        try setup.copy("first.pem", to: "own.pem")
        try setup.copy("first.key", to: "own.key")
        #expect(try await setup.reload(first[0], first[1], first[2]).contains("is in effect"))
        #expect(try await setup.caller() == "first direct")
        // One of the two files is replaced, and then the other one.
        try setup.copy("second.pem", to: "own.pem")
        let unfit = try await setup.reload(first[0], first[1], first[2])
        #expect(unfit.contains("own.key does not belong to the certificate"), "\(unfit)")
        #expect(try await setup.caller() == "first direct")
        try setup.copy("second.key", to: "own.key")
        #expect(try await setup.reload(first[0], first[1], first[2]).contains("is in effect"))
        #expect(try await setup.caller() == "second direct")
        #expect(try await setup.reload("caFile: ca.pem", "proxy: \(setup.proxy)").contains("is in effect"))
        #expect(try await setup.caller() == "nobody proxy")
        #expect(try await setup.reload("caFile: ca.pem", "timeout: 7").contains("is in effect"))
        #expect(try await setup.caller() == "nobody direct")
        // A connection by the authorities from before is open, and is not used.
        try setup.copy("other.pem", to: "ca.pem")
        #expect(try await setup.reload("caFile: ca.pem").contains("is in effect"))
        #expect(try await setup.caller() == nil)
        #expect(try await setup.reload("caFile: localhost.pem").contains("is in effect"))
        #expect(try await setup.caller() == "nobody direct")
    }
}
