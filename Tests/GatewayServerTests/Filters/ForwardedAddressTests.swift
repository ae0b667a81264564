import NIOHTTP1
import Testing

@testable import GatewayServer

/// Whom a request comes from where proxies are between.
@Suite struct ForwardedAddressTests {
    /// Responds with the address that a request comes from.
    private struct WhoAmI: Endpoint {
        func reply(to request: HTTPRequest) -> HTTPReply { .now(.text(.ok, request.peerAddress ?? "unknown")) }
    }

    /// The address of the connection, `X-Forwarded-For`, and the address that counts.
    static let cases: [(peer: String?, forwarded: [String], address: String)] = [
        ("10.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", [""], "10.0.0.1"),
        // From the end on, the first address that is no proxy's: what stands before it can be made up.
        ("10.0.0.1", ["198.51.100.7, 192.0.2.1"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.7, 192.0.2.1, 10.9.9.9"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.7", "192.0.2.1"], "192.0.2.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        ("10.0.0.1", ["nonsense, 10.0.0.2"], "10.0.0.2"),
        ("10.0.0.1", ["192.0.2.1, nonsense"], "10.0.0.1"),
        // What would hide the comma, or the addresses behind it.
        ("10.0.0.1", ["198.51.100.7\u{600}, 192.0.2.1"], "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.7,\u{301} 192.0.2.1"], "10.0.0.1"),
        ("10.0.0.1", ["\"198.51.100.7, 192.0.2.1"], "192.0.2.1"),
        // Addresses with a port, and of version 6.
        ("10.0.0.1", ["192.0.2.1:4711"], "192.0.2.1"),
        ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("fd00::7", ["192.0.2.1, fd00::8"], "192.0.2.1"),
        ("::ffff:10.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        (nil, ["192.0.2.1"], "192.0.2.1"),
        // Nobody else is believed.
        ("11.0.0.1", ["192.0.2.1"], "11.0.0.1"),
        ("fd01::7", ["192.0.2.1"], "fd01::7"),
    ]

    @Test(arguments: cases)
    func addressIsTheLastUntrustedOne(peer: String?, forwarded: [String], address: String) throws {
        let networks = try ["10.0.0.0/8", "fd00::/16"].map { try #require(IPNetwork($0)) }
        let filter = ForwardedAddresses(proxies: TrustedProxies(networks: networks, trustsUnixSockets: true))
        let fields = HTTPHeaders([("Host", "a")] + forwarded.map { ("X-Forwarded-For", $0) })
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: fields)
        let endpoint = WhoAmI().filtered(by: [filter])
        guard case .now(let response) = endpoint.reply(to: HTTPRequest(head: head, body: [], peerAddress: peer)),
            case .bytes(let body) = response.body
        else { return }
        #expect(String(decoding: body, as: UTF8.self) == "\(address)\n")
    }

    /// The address of the connection, `X-Forwarded-Proto`, and how the client came.
    static let schemes: [(peer: String?, forwarded: String?, scheme: WebOrigin.Scheme?)] = [
        ("10.0.0.1", "https", .https), ("10.0.0.1", "HTTP", .http), ("10.0.0.1", "https, http", .https),
        ("10.0.0.1", "ftp", nil), ("10.0.0.1", "", nil), ("10.0.0.1", nil, nil),
        ("11.0.0.1", "https", nil),
    ]

    @Test(arguments: schemes)
    func aProxySaysHowTheClientCame(peer: String?, forwarded: String?, scheme: WebOrigin.Scheme?) throws {
        struct HowItCame: Endpoint {
            func reply(to request: HTTPRequest) -> HTTPReply { .now(.text(.ok, request.scheme?.rawValue ?? "unknown")) }
        }
        let network = try #require(IPNetwork("10.0.0.0/8"))
        let filter = ForwardedAddresses(proxies: TrustedProxies(networks: [network]))
        let fields = HTTPHeaders([("Host", "a")] + (forwarded.map { [("X-Forwarded-Proto", $0)] } ?? []))
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/", headers: fields)
        let reply = HowItCame().filtered(by: [filter]).reply(to: HTTPRequest(head: head, body: [], peerAddress: peer))
        guard case .now(let response) = reply, case .bytes(let body) = response.body else {
            Issue.record("The endpoint does not wait.")
            return
        }
        #expect(String(decoding: body, as: UTF8.self) == "\(scheme?.rawValue ?? "unknown")\n")
    }

    static let networks: [(text: String, inside: [String], outside: [String])] = [
        (
            "10.0.0.0/8", ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3"],
            ["11.0.0.0", "9.255.255.255", "::1", "x", "", "a01:1"]
        ),
        ("192.0.2.128/25", ["192.0.2.128", "192.0.2.255"], ["192.0.2.127"]),
        ("127.0.0.1", ["127.0.0.1"], ["127.0.0.2"]),
        ("0.0.0.0/0", ["1.2.3.4"], ["::1"]),
        ("2001:db8::/33", ["2001:db8:7fff::1"], ["2001:db8:8000::1", "192.0.2.1"]),
        ("::1", ["::1", "0:0:0:0:0:0:0:1"], ["::2"]),
        ("::/0", ["::1", "192.0.2.1"], ["nonsense", "cafe", "1"]),
    ]

    @Test(arguments: networks)
    func networksAreRead(text: String, inside: [String], outside: [String]) throws {
        let network = try #require(IPNetwork(text))
        #expect(inside.filter { !network.contains($0) } == [])
        #expect(outside.filter { network.contains($0) } == [])
    }

    @Test(arguments: [
        "", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "::/129", "localhost", "10.0.0.0/8/8", "cafe", "1",
        "::ffff:1.2.3",
    ])
    func invalidNetworkIsRefused(text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
