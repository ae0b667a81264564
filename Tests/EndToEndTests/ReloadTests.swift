import Foundation
import GatewayTestSupport
import Glibc
import Sandbox
import Testing

/// The configuration is read again while the built program serves.
@Suite(.timeLimit(.minutes(15))) struct ReloadTests {
    private static let program = BuiltProgram(name: "workestra-gateway")

    /// A folder with a configuration, and a gateway that serves by it.
    private struct Setup {
        let folder: URL
        let gateway: RunningProgram

        init(_ configuration: String, listen: [String] = ["--listen", "127.0.0.1:0"]) async throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent("reload-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(configuration.utf8).write(to: folder.appendingPathComponent("gateway.yaml"))
            let arguments = ["--schema", "schema/", "--threads", "1"] + listen
            gateway = try await RunningProgram.start(
                ReloadTests.program,
                ["serve", "--config", folder.appendingPathComponent("gateway.yaml").path] + arguments,
                in: RepositoryFile.root
            )
            try #require(gateway.port != nil, "The gateway did not start: \(gateway.firstLine)")
        }

        /// Replaces the configuration and returns what the program says of it.
        func reload(_ configuration: String) async throws -> String {
            try Data(configuration.utf8).write(to: folder.appendingPathComponent("gateway.yaml"), options: .atomic)
            gateway.send(signal: SIGHUP)
            var lines = ""
            while !lines.contains("is in effect") && !lines.contains("stays as it was") {
                lines += try await gateway.errorLine()
            }
            return lines
        }

        func send(_ query: String, _ header: String = "") async throws -> String {
            let body = "{\"query\":\"\(query)\"}"
            let client = try RawConnection(port: try #require(gateway.port))
            client.send(
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "\(header)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            return await client.readToEnd()
        }

        func stop() {
            gateway.kill()
            try? FileManager.default.removeItem(at: folder)
        }
    }

    private func text(_ workspaces: String = "main", _ rest: String = "") -> String {
        "workspaces:\n"
            + workspaces.split(separator: " ").map { "  - {slug: \($0), url: \"http://127.0.0.1:9\"}\n" }.joined()
            + rest
    }

    @Test(.enabled(if: program.exists)) func aReloadReplacesTheConfigurationAndABadFileChangesNothing() async throws {
        let setup = try await Setup(text())
        defer { setup.stop() }
        let depth = "{ a: __typename b: __typename c: __typename }"
        #expect(try await setup.send(depth).contains(" 200 "))
        let limits = text("main", "options: {max-aliases: 2}\n")
        #expect(try await setup.reload(limits).contains("SIGHUP: the configuration that was read is in effect."))
        #expect(try await setup.send(depth).contains("alias"))
        let bad = try await setup.reload(text("main", "options: {max-alias: 3}\n"))
        #expect(bad.contains(#"there is no \"max-alias\". Did you mean \"max-aliases\""#))
        #expect(bad.contains("SIGHUP: the configuration stays as it was."))
        #expect(try await setup.send(depth).contains("alias"))
        let clients = "clients: [{name: a, tokens: [\"sha256:\(String(repeating: "0", count: 64))\"]}]\n"
        _ = try await setup.reload(text("main", clients))
        #expect(try await setup.send(depth).contains(" 401 "))
        #expect(try await setup.reload(text("main")).contains("is in effect"))
        #expect(try await setup.send(depth).contains(" 200 "))
    }

    @Test(.enabled(if: program.exists)) func whatNeedsARestartIsComparedWithTheStart() async throws {
        let setup = try await Setup(text("main", "options: {max-connections: 50}\n"))
        defer { setup.stop() }
        let note = #"\"max-connections\" has changed; it takes effect when the gateway starts again."#
        let changed = text("main", "options: {max-connections: 60}\n")
        #expect(try await setup.reload(changed).contains(note))
        // It still has no effect.
        #expect(try await setup.reload(changed).contains(note))
        let back = try await setup.reload(text("main", "options: {max-connections: 50, request-megabytes: 256}\n"))
        #expect(back.contains("is in effect") && !back.contains("has changed"), "\(back)")
        let administrator =
            "clients: [{name: a, admin: true, tokens: [\"sha256:\(String(repeating: "0", count: 64))\"]}]\n"
        let first = try await setup.reload(text("main", administrator + "options: {max-connections: 50}\n"))
        #expect(
            first.contains(#"a client has \"admin: true\"; the cockpit is there when the gateway starts again."#),
            "\(first)"
        )
    }

    @Test(.enabled(if: program.exists)) func aBadFileChangesNothingNotEvenTheCertificate() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/reload-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func make(_ name: String) async throws {
            let arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(name).key", "-out",
                "\(name).pem",
            ]
            let result = try await BuiltProgram.finish("/usr/bin/openssl", arguments, in: folder)
            try #require(result.status == 0, "\(result.errors)")
        }
        func copy(_ from: String, _ to: String) throws {
            for ending in ["pem", "key"] {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(from).\(ending)"))
                try bytes.write(to: URL(fileURLWithPath: "\(folder)/\(to).\(ending)"))
            }
        }
        func configuration(_ name: String = "current", _ more: String = "") -> String {
            text(
                "main",
                "options: {tls-listen: \"127.0.0.1:0\", tls-certificate: \(folder)/\(name).pem, tls-key: \(folder)/\(name).key\(more)}\n"
            )
        }
        for name in ["first", "second"] { try await make(name) }
        try copy("first", "current")
        let setup = try await Setup(configuration(), listen: [])
        defer { setup.stop() }
        let port = try #require(setup.gateway.port)
        func proves(_ name: String) async throws -> Bool {
            let arguments = [
                "--silent", "--max-time", "60", "--cacert", "\(folder)/\(name).pem",
                "https://localhost:\(port)/health/live",
            ]
            return try await BuiltProgram.finish("/usr/bin/curl", ["--noproxy", "*"] + arguments, in: "/").status == 0
        }
        #expect(try await proves("first"))
        // The certificate is new and right, the rest of the configuration is wrong.
        try copy("second", "current")
        #expect(try await setup.reload(configuration("current", ", max-row: 1")).contains("stays as it was"))
        #expect(try await proves("first"))
        // The configuration is right, and the certificate's file is not.
        try Data("no certificate".utf8).write(to: URL(fileURLWithPath: "\(folder)/current.pem"))
        let unusable = try await setup.reload(configuration("current", ", max-aliases: 2"))
        #expect(unusable.contains("has no certificate in PEM form that can be used"), "\(unusable)")
        #expect(unusable.contains("stays as it was"))
        #expect(try await proves("first"))
        // The names of the files are read again, too.
        let other = try await setup.reload(configuration("second"))
        #expect(other.contains("is in effect") && !other.contains("has changed"), "\(other)")
        #expect(try await proves("second"))
        #expect(try await !proves("first"))
    }

    @Test(.enabled(if: program.exists)) func aReloadIsCheckedAgainstTheAddressesThatStay() async throws {
        let clients = "clients: [{name: a, tokens: [\"sha256:\(String(repeating: "0", count: 64))\"]}]\n"
        func file(_ clients: String, _ listen: String) -> String {
            "\(clients)workspaces: [{slug: main, url: \"http://127.0.0.1:9\", keyFile: key}]\n"
                + "options: {listen: \"\(listen)\"}\n"
        }
        let setup = try await Setup(text("main", clients + "options: {listen: \"0.0.0.0:0\"}\n"), listen: [])
        defer { setup.stop() }
        try Data("k\n".utf8).write(to: setup.folder.appendingPathComponent("key"))
        let refused = try await setup.reload(file("clients: anonymous\n", "127.0.0.1:0"))
        #expect(refused.contains("Everybody who reaches 0.0.0.0:0 would use the configured keys"), "\(refused)")
        #expect(refused.contains("SIGHUP: the configuration stays as it was."))
        #expect(try await setup.send("{ __typename }").contains(" 401 "))
        #expect(try await setup.reload(file(clients, "127.0.0.1:0")).contains("is in effect"))
    }

    @Test(.enabled(if: program.exists)) func replacedConfigurationsAreFreed() async throws {
        let setup = try await Setup(text())
        defer { setup.stop() }
        func reload(_ count: Int) async throws {
            for number in 1...count {
                let names = number % 2 == 0 ? "main" : "main other"
                #expect(try await setup.reload(text(names)).contains("is in effect"))
                #expect(try await setup.send("{ __typename }").contains(" 200 "))
            }
        }
        // ReplacementTests counts what is freed after each of 200 replacements; here it is the whole process, which takes long.
        try await reload(20)
        let early = try residentKilobytes(setup.gateway.identifier)
        try await reload(30)
        let late = try residentKilobytes(setup.gateway.identifier)
        // One leaked configuration has a megabyte and more.
        #expect(late - early < 8 << 10, "\(early) to \(late) KB")
    }

    private func residentKilobytes(_ process: Int) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
}
