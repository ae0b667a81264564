import Foundation
import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// HTTP over TLS, as `curl` sees it.
@Suite(.timeLimit(.minutes(15))) struct TLSTests {
    private static let body = #"{"query":"{ __typename }"}"#

    /// Runs `curl`; returns its exit status, and the version of HTTP, the status and the body.
    private static func curl(
        _ gateway: GatewayUnderTest,
        _ arguments: [String]
    ) async throws -> (
        status: Int32, output: String
    ) {
        guard case .address(let address) = gateway.server.addresses[1] else { return (-1, "no address") }
        let common = [
            "--silent", "--max-time", "60", "--write-out", " %{http_version} %{http_code}", "--header",
            "Content-Type: application/json", "--data", body,
        ]
        let url = "https://localhost:\(address.port)/graphql"
        let result = try await BuiltProgram.finish("/usr/bin/curl", common + arguments + [url], in: "/")
        return (result.status, result.output)
    }

    /// Lends a gateway that listens for TLS beside its usual address.
    private func withTLS(
        _ files: TLSFiles,
        _ body: (GatewayUnderTest, TLSCredentials) async throws -> Void
    ) async throws {
        let credentials = try TLSCredentials(files)
        try await withGateway {
            let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
            $0.server.listeners = [HTTPListener(address, tls: credentials)]
        } _: { gateway async throws in
            try await body(gateway, credentials)
        }
    }

    @Test(arguments: [("--http2", "2"), ("--http1.1", "1.1")])
    func bothVersionsAreServed(option: String, version: String) async throws {
        let certificates = try TestCertificates()
        let files = try await certificates.make("server")
        try await withTLS(files) { gateway, _ async throws in
            let result = try await Self.curl(gateway, [option, "--cacert", files.certificate])
            #expect(result.status == 0)
            #expect(result.output == #"{"data":{"__typename":"Query"}} \#(version) 200"#)
        }
    }

    @Test func aCertificateIsReadAgain() async throws {
        let certificates = try TestCertificates()
        let files = try await certificates.make("server")
        let first = certificates.path("first.pem")
        try FileManager.default.copyItem(atPath: files.certificate, toPath: first)
        try await withTLS(files) { gateway, credentials async throws in
            _ = try await certificates.make("server")
            #expect(try await Self.curl(gateway, ["--cacert", first]).status == 0)
            credentials.use(try TLSCredentials(files))
            #expect(try await Self.curl(gateway, ["--cacert", first]).status != 0)
            #expect(try await Self.curl(gateway, ["--cacert", files.certificate]).status == 0)
            // What cannot be read leaves the former one in use.
            try "no certificate".write(toFile: files.certificate, atomically: true, encoding: .utf8)
            let copy = certificates.path("copy.pem")
            #expect(throws: TLSCredentials.Failure.self) { credentials.use(try TLSCredentials(files)) }
            try FileManager.default.copyItem(atPath: first, toPath: copy)
            #expect(try await Self.curl(gateway, ["--insecure"]).status == 0)
        }
    }

    @Test func clientsNeedACertificateWhereAuthoritiesAreNamed() async throws {
        let certificates = try TestCertificates()
        let server = try await certificates.make("server")
        let client = try await certificates.make("client", subject: "client")
        let stranger = try await certificates.make("stranger", subject: "stranger")
        let files = TLSFiles(
            certificate: server.certificate,
            key: server.key,
            clientAuthorities: client.certificate
        )
        try await withTLS(files) { gateway, _ async throws in
            let authority = ["--cacert", server.certificate]
            #expect(try await Self.curl(gateway, authority).status != 0)
            let wrong = authority + ["--cert", stranger.certificate, "--key", stranger.key]
            #expect(try await Self.curl(gateway, wrong).status != 0)
            let right = authority + ["--cert", client.certificate, "--key", client.key]
            #expect(try await Self.curl(gateway, right).output.hasSuffix(" 200"))
        }
    }

    @Test(arguments: ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"])
    func strongCiphersAreAccepted(cipher: String) async throws {
        let certificates = try TestCertificates()
        let files = try await certificates.make("server")
        try await withTLS(files) { gateway, _ async throws in
            let arguments = ["--cacert", files.certificate, "--tls-max", "1.2", "--ciphers", cipher]
            #expect(try await Self.curl(gateway, arguments).status == 0)
        }
    }

    @Test(arguments: [
        "--tlsv1.0 --tls-max 1.0", "--tlsv1.1 --tls-max 1.1", "--tls-max 1.2 --ciphers ECDHE-ECDSA-AES128-SHA",
        "--tls-max 1.2 --ciphers ECDHE-ECDSA-AES256-SHA",
    ])
    func oldVersionsAndCiphersAreNotSpoken(options: String) async throws {
        let certificates = try TestCertificates()
        let files = try await certificates.make("server")
        try await withTLS(files) { gateway, _ async throws in
            let arguments = options.split(separator: " ").map(String.init)
            let result = try await Self.curl(gateway, ["--cacert", files.certificate] + arguments)
            #expect(result.status == 35)
        }
    }

    @Test func plaintextClosesItsOwnConnectionOnly() async throws {
        let certificates = try TestCertificates()
        let files = try await certificates.make("server")
        try await withTLS(files) { gateway, _ async throws in
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let raw = try RawConnection(to: address)
            raw.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await !raw.readToEnd().contains("HTTP/1.1"))
            #expect(try await Self.curl(gateway, ["--cacert", files.certificate]).status == 0)
        }
    }

    @Test func filesThatCannotBeUsedAreNamed() async throws {
        let certificates = try TestCertificates()
        let server = try await certificates.make("server")
        let other = try await certificates.make("other")
        let absent = certificates.path("absent.pem")
        let empty = certificates.path("empty.pem")
        try "".write(toFile: empty, atomically: true, encoding: .utf8)
        let cases: [(files: TLSFiles, reason: String)] = [
            (TLSFiles(certificate: absent, key: server.key), "cannot read \(absent)"),
            (TLSFiles(certificate: server.certificate, key: absent), absent),
            (TLSFiles(certificate: empty, key: server.key), "\(empty) has no certificate in PEM form"),
            (TLSFiles(certificate: server.certificate, key: empty), "\(empty) has no private key in PEM form"),
            (
                TLSFiles(certificate: server.certificate, key: other.key),
                "the key \(other.key) does not belong to the certificate \(server.certificate)"
            ),
        ]
        for (files, reason) in cases {
            do {
                _ = try TLSCredentials(files)
                Issue.record("\(files) is accepted")
            } catch {
                #expect("\(error)".contains(reason), "\(error)")
            }
        }
    }
}
