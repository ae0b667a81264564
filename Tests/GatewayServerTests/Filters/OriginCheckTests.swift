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
    func allowsOwnAndConfiguredOrigins(host: String?, origin: String?, isAllowed: Bool) {
        let fields = [("Host", host), ("Origin", origin)].compactMap { name, value in value.map { (name, $0) } }
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: HTTPHeaders(fields))
        let check = OriginCheck(
            crossOrigin: CrossOriginPolicy(origins: ["https://app.example"]),
            allowedHosts: ["gateway.example"]
        )
        #expect(check.allows(HTTPRequest(head: head, body: [])) == isAllowed)
    }

    /// How the client came, `Host`, `Origin`, and whether the request may come, where the public URL is `https://gateway.example:8443`.
    static let termination: [(scheme: WebOrigin.Scheme?, host: String, origin: String, isAllowed: Bool)] = [
        // The proxy says neither the port nor the name by which it was called.
        (nil, "gateway.example", "https://gateway.example:8443", true),
        (nil, "127.0.0.1:8080", "https://gateway.example:8443", true),
        (nil, "gateway.internal", "https://gateway.example:8443", true),
        (nil, "127.0.0.1:8080", "http://gateway.example:8443", false),
        (nil, "127.0.0.1:8080", "https://gateway.example", false),
        (nil, "127.0.0.1:8080", "https://gateway.example.evil:8443", false),
        // The ports that stand for missing ones.
        (nil, "gateway.example:443", "https://gateway.example", true),
        (nil, "gateway.example:80", "http://gateway.example", true),
        (nil, "gateway.example:443", "http://gateway.example", false),
        // Over TLS, a page that came without it can be anybody's on its way.
        (.https, "localhost", "https://localhost", true), (.https, "localhost", "http://localhost", false),
        (.https, "localhost:8443", "https://localhost:8443", true),
        (.https, "localhost:8443", "http://localhost:8443", false),
        (.http, "localhost", "http://localhost", true), (.http, "localhost", "https://localhost", false),
        // No origin of a page on the web.
        (nil, "127.0.0.1:8080", "chrome-extension://127.0.0.1:8080", false),
    ]

    @Test(arguments: termination.indices) func theOriginHasTheSchemeThatTheClientUses(position: Int) {
        let (scheme, host, origin, isAllowed) = Self.termination[position]
        let headers = HTTPHeaders([("Host", host), ("Origin", origin)])
        var request = HTTPRequest(
            head: HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: headers),
            body: []
        )
        request.scheme = scheme
        let check = OriginCheck(crossOrigin: nil, publicURL: "https://gateway.example:8443/base")
        #expect(check.allows(request) == isAllowed)
    }
}
