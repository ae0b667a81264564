import Foundation
import GatewayServer
import GatewayTestSupport
import Testing
import Upstream

/// Calls over TLS with authorities and certificates of their own; a gateway is the upstream.
@Suite(.timeLimit(.minutes(15))) struct UpstreamConnectionTests {
    /// The statuses of one call with each of the connections, one after the other, by one transport; nil: it failed.
    private func statuses(_ files: TLSFiles, _ connections: [UpstreamConnection?]) async throws -> [String] {
        let credentials = try TLSCredentials(files)
        var outcomes: [String] = []
        try await withGateway {
            let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
            $0.server.listeners = [HTTPListener(address, tls: credentials)]
        } _: { gateway async throws in
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let transport = try CurlTransport()
            for connection in connections {
                let request = TransportRequest(
                    url: "https://localhost:\(address.port)/health/live",
                    timeout: .seconds(60),
                    connection: connection
                )
                switch await transport.send([request]).first {
                case .success(let response)?: outcomes.append("\(response.status)")
                case .failure(let error)?: outcomes.append(error.code == .tls ? "tls" : "failed")
                case nil: outcomes.append("nothing")
                }
            }
            await transport.shutDown()
        }
        return outcomes
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test func anAuthorityIsTrustedByThoseWhoNameItAlone() async throws {
        let certificates = try TestCertificates()
        let server = try await certificates.make("server")
        let other = try await certificates.make("other")
        let right = UpstreamConnection(authorities: try bytes(server.certificate))
        let wrong = UpstreamConnection(authorities: try bytes(other.certificate))
        let outcomes = try await statuses(server, [nil, right, nil, wrong, right])
        #expect(outcomes == ["tls", "200", "tls", "tls", "200"])
    }

    @Test func anUpstreamThatDemandsACertificateGetsIt() async throws {
        let certificates = try TestCertificates()
        let server = try await certificates.make("server")
        let client = try await certificates.make("client", subject: "client")
        let files = TLSFiles(
            certificate: server.certificate,
            key: server.key,
            clientAuthorities: client.certificate
        )
        let authorities = try bytes(server.certificate)
        let bare = UpstreamConnection(authorities: authorities)
        let known = UpstreamConnection(
            authorities: authorities,
            certificate: .init(certificate: try bytes(client.certificate), key: try bytes(client.key))
        )
        let outcomes = try await statuses(files, [bare, known, bare, known])
        #expect(outcomes.map { $0 == "200" } == [false, true, false, true], "\(outcomes)")
    }
}
