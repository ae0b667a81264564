import GatewayServer
import GatewayTestSupport
import JSON
import Testing

/// A Python script that speaks HTTP/2 over TLS to a gateway.
struct HTTP2Script {
    /// The name of its file beside the tests.
    let name: String
    /// What it is called with, behind the port and the certificate.
    var arguments: [String] = []

    /// Runs it, and hands the JSON that it prints to a test.
    func run(_ check: @escaping @Sendable (JSONValue) throws -> Void) async throws {
        let python = try await PythonPackages.interpreter("http2")
        let certificates = try TestCertificates()
        // Its end removes the files.
        defer { withExtendedLifetime(certificates) {} }
        let files = try await certificates.make("server")
        let credentials = try TLSCredentials(files)
        try await withGateway {
            let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
            $0.server.listeners = [HTTPListener(address, tls: credentials)]
        } _: { gateway async throws in
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let script = "\(RepositoryFile.root)/Tests/GatewayServerTests/\(name)"
            let all = [script, "\(address.port)", files.certificate] + arguments
            let run = try await BuiltProgram.finish(python, all, in: RepositoryFile.root)
            try #require(run.status == 0, "\(run.errors)")
            try check(try JSONValue(parsing: Array(run.output.utf8)))
        }
    }
}
