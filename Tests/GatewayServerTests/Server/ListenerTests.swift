import Foundation
import Gateway
import GatewayServer
import GatewayTestSupport
import Testing
import Upstream

/// Where a server listens.
@Suite struct ListenerTests {
    static let addresses: [(text: String, address: String?)] = [
        ("127.0.0.1:8080", "127.0.0.1:8080"), ("[::1]:8080", "[::1]:8080"), (":0", "0.0.0.0:0"),
        ("localhost:65535", "localhost:65535"), ("unix:/run/gateway.sock", "/run/gateway.sock"),
        ("unix:gateway.sock", "gateway.sock"), ("unix:", nil), ("localhost", nil), ("::1:8080", nil), (":65536", nil),
        ("/run/gateway.sock", nil), ("unix:" + String(repeating: "x", count: 108), nil),
    ]

    @Test(arguments: addresses)
    func addressesAreRead(text: String, address: String?) {
        #expect(BindAddress(text)?.description == address)
    }

    @Test(arguments: [
        ("127.0.0.1:1", true), ("127.9.9.9:1", true), ("localhost:1", true), ("[::1]:1", true), ("unix:a.sock", true),
        ("127.example.com:1", false), (":1", false), ("[::]:1", false), ("10.0.0.1:1", false),
    ])
    func onlyLoopbackAddressesAndPathsAreLocal(text: String, isLocal: Bool) throws {
        #expect(try #require(BindAddress(text)).isLocal == isLocal)
    }

    private static let request = "GET /health/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

    @Test func aUnixSocketIsServed() async throws {
        let path = "/tmp/gateway-\(UInt64.random(in: 0...(.max))).sock"
        try await withGateway {
            $0.server.listeners = [HTTPListener(.path(path))]
        } _: { gateway async throws in
            let raw = try RawConnection(toSocket: path)
            raw.send(Self.request)
            #expect(await raw.readToEnd().hasPrefix("HTTP/1.1 200 "))
            #expect(gateway.server.addresses.last == .path(path))
        }
    }

    /// Whether this machine has `::1`, which containers can lack.
    private static var hasIPv6: Bool {
        let addresses = try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)
        return addresses?.contains("00000000000000000000000000000001") == true
    }

    @Test(.enabled(if: hasIPv6)) func anIPv6AddressIsServed() async throws {
        try await withGateway {
            $0.server.listeners = [HTTPListener(.address(ListenAddress(host: "::1", port: 0)))]
        } _: { gateway async throws in
            let address = try #require(gateway.server.addresses.last?.hostAndPort)
            #expect(address.host == "::1" && address.port != 0)
            let transport = try CurlTransport()
            let url = "http://\(address)/health/ready"
            let response = try await transport.send([TransportRequest(url: url, timeout: .seconds(60))])[0].get()
            await transport.shutDown()
            #expect(response.status == 200)
        }
    }

    @Test func severalAddressesAreServedAlike() async throws {
        let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
        try await withGateway {
            $0.server.listeners = [HTTPListener(address), HTTPListener(address)]
        } _: { gateway async throws in
            #expect(Set(gateway.server.addresses).count == 3)
            for case .address(let address) in gateway.server.addresses {
                let raw = try RawConnection(to: address)
                raw.send(ConnectionTests.typename)
                #expect(await raw.read(until: "}}").hasSuffix(#"{"data":{"__typename":"Query"}}"#))
            }
        }
    }

    @Test func operatorsHaveASocketWithoutOperations() async throws {
        let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
        try await withGateway {
            $0.server.listeners = [HTTPListener(address, purpose: .administration)]
        } _: { gateway async throws in
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let requests = [
                (Self.request, 200), (ConnectionTests.typename, 404),
                ("GET /openrpc.json HTTP/1.1\r\nHost: a\r\n\r\n", 404),
            ]
            for (request, status) in requests {
                let raw = try RawConnection(to: address)
                raw.send(request)
                #expect(await raw.read(until: "\r\n").hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    /// One metric.
    private struct OneMetric: MetricsExposition {
        func page(inOpenMetrics isOpenMetrics: Bool) -> MetricsPage {
            MetricsPage(contentType: "text/plain", body: Array("one 1\n".utf8))
        }
    }

    @Test func metricsAreOnTheSocketOfOperatorsAlone() async throws {
        let address = BindAddress.address(ListenAddress(host: "127.0.0.1", port: 0))
        try await withGateway {
            $0.server.metrics = OneMetric()
            $0.server.listeners = [HTTPListener(address, purpose: .administration)]
        } _: { gateway async throws in
            #expect(try await gateway.send("GET", "/metrics").status == 404)
            guard case .address(let address) = gateway.server.addresses[1] else { return }
            let raw = try RawConnection(to: address)
            raw.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(await raw.readToEnd().hasSuffix("\r\n\r\none 1\n"))
        }
    }
}
