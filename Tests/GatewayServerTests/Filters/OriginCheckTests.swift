import NIOHTTP1
import Testing

@testable import GatewayServer

/// Which pages may send a request.
@Suite struct OriginCheckTests {
    /// `Host`, `Origin`, and whether the request may come.
    static let cases: [(host: String?, origin: String?, isAllowed: Bool)] = [
        ("gateway.example", nil, true), ("evil.example", nil, true), (nil, nil, true),
        ("127.0.0.1:8080", "http://127.0.0.1:8080", true), ("127.0.0.1", "https://127.0.0.1", true),
        ("[::1]:8080", "http://[::1]:8080", true), ("localhost:8080", "http://LOCALHOST:8080", true),
        ("app.localhost", "http://app.localhost", true), ("gateway.example", "https://gateway.example", true),
        ("Gateway.Example.", "https://gateway.example", true),
        // Of another host, port or scheme.
        ("127.0.0.1:8080", "http://127.0.0.1:8081", false), ("127.0.0.1:8080", "http://127.0.0.1", false),
        ("localhost", "http://127.0.0.1", false), ("127.0.0.1", "http://evil.example", false),
        // A name that its owner lets lead here.
        ("evil.example", "http://evil.example", false), ("localhost.evil", "http://localhost.evil", false),
        // What names no host.
        ("127.0.0.1", "null", false), ("127.0.0.1", "", false), ("127.0.0.1", "127.0.0.1", false),
        ("127.0.0.1", "http://127.0.0.1/path", false), ("127.0.0.1", "http://user@127.0.0.1", false),
        (nil, "http://127.0.0.1", false),
        // A page that may call, wherever it thinks the gateway is.
        ("evil.example", "https://app.example", true), ("127.0.0.1", "https://APP.example", true),
        ("127.0.0.1", "http://app.example", false), ("127.0.0.1", "https://app.example:8443", false),
    ]

    @Test(arguments: cases)
    func checks(host: String?, origin: String?, isAllowed: Bool) {
        let fields = [("Host", host), ("Origin", origin)].compactMap { name, value in value.map { (name, $0) } }
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: HTTPHeaders(fields))
        let allows = OriginCheck.allows(
            HTTPRequest(head: head, body: []),
            crossOrigin: CrossOriginPolicy(origins: ["https://app.example"]),
            allowedHosts: ["gateway.example"]
        )
        #expect(allows == isAllowed)
    }
}
