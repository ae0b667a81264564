import Foundation
import GatewayTestSupport
import Glibc
import Sandbox
import Testing

/// The built program with TLS, and as it stops.
@Suite(.timeLimit(.minutes(15))) struct ListeningProcessTests {
    private static let program = BuiltProgram(name: "workestra-gateway")
    private static let query = #"{"query":"{ __typename }"}"#

    /// Starts a gateway that needs no upstream.
    private func start(_ options: [String]) async throws -> RunningProgram {
        let arguments = ["serve", "--schema", "schema/", "--upstream", "http://127.0.0.1:1", "--threads", "1"]
        let gateway = try await RunningProgram.start(Self.program, arguments + options, in: RepositoryFile.root)
        try #require(gateway.port != nil, "The gateway did not start: \(gateway.firstLine)")
        return gateway
    }

    /// Makes a certificate that vouches for itself, and its key.
    private func makeCertificate(in folder: String) async throws {
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out",
            "certificate.pem",
        ]
        let result = try await BuiltProgram.finish("/usr/bin/openssl", arguments, in: folder)
        try #require(result.status == 0, "\(result.errors)")
    }

    /// The exit status of `curl` with a certificate that it trusts, and the response.
    private func curl(_ port: Int, trusting certificate: String) async throws -> (status: Int32, output: String) {
        let arguments = [
            "--silent", "--max-time", "60", "--cacert", certificate, "--header", "Content-Type: application/json",
            "--data", Self.query, "https://localhost:\(port)/graphql",
        ]
        let result = try await BuiltProgram.finish("/usr/bin/curl", arguments, in: "/")
        return (result.status, result.output)
    }

    @Test(.enabled(if: program.exists)) func hangupReadsTheCertificateAgain() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await makeCertificate(in: folder)
        let (certificate, first) = ("\(folder)/certificate.pem", "\(folder)/first.pem")
        try FileManager.default.copyItem(atPath: certificate, toPath: first)
        let gateway = try await start([
            "--tls-listen", "127.0.0.1:0", "--tls-certificate", certificate, "--tls-key", "\(folder)/key.pem",
        ])
        #expect(gateway.firstLine.hasPrefix("gateway listening on https://127.0.0.1:"))
        let port = try #require(gateway.port)
        #expect(try await curl(port, trusting: first).output == #"{"data":{"__typename":"Query"}}"#)
        try await makeCertificate(in: folder)
        gateway.send(signal: SIGHUP)
        while try await !gateway.errorLine().contains("TLS: read the certificate again") {}
        #expect(try await curl(port, trusting: first).status == 60)
        #expect(try await curl(port, trusting: certificate).status == 0)
        gateway.kill()
    }

    @Test(.enabled(if: program.exists)) func certificatesThatCannotBeUsedAreNamedAtStart() async throws {
        let arguments = [
            "serve", "--schema", "schema/", "--upstream", "http://127.0.0.1:1", "--tls-listen", "127.0.0.1:0",
            "--tls-certificate", "/absent.pem", "--tls-key", "/absent.key",
        ]
        let result = try await Self.program.finish(arguments, in: RepositoryFile.root)
        #expect(result.status == 2)
        #expect(result.errors == "Error: TLS: cannot read /absent.pem.\nError: TLS: cannot read /absent.key.\n")
    }

    @Test(.enabled(if: program.exists)) func aStoppingGatewayIsNotReadyAndStillServes() async throws {
        let gateway = try await start(["--listen", "127.0.0.1:0", "--drain-delay", "3600"])
        let port = try #require(gateway.port)
        gateway.send(signal: SIGTERM)
        while try await !gateway.errorLine().contains("Shutting down; requests are served for 3600 more seconds") {}
        let probe = try RawConnection(port: port)
        var text = ""
        // The line is written before the stop begins.
        repeat {
            probe.send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
            text = await probe.read(until: "\n\r\n")
        } while text.contains("HTTP/1.1 200 ")
        #expect(text.contains("HTTP/1.1 503 "))
        let client = try RawConnection(port: port)
        client.send(
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(Self.query.utf8.count)\r\n\r\n\(Self.query)"
        )
        let response = await client.readToEnd()
        #expect(response.contains("\r\nconnection: close\r\n"))
        #expect(response.hasSuffix(#"{"data":{"__typename":"Query"}}"#))
        gateway.send(signal: SIGTERM)
        #expect(try await gateway.finish().status == 128 + SIGTERM)
    }
}
