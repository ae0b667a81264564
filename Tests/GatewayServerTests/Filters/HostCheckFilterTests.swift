import NIOHTTP1
import Testing

@testable import GatewayServer

/// Which hosts a configured key is spent for.
@Suite struct HostCheckFilterTests {
    static let requests: [(host: String?, origin: String?, isRefused: Bool)] = [
        (nil, nil, false), ("127.0.0.1:8080", nil, false), ("[::1]", nil, false), ("localhost", nil, false),
        ("gateway.example", nil, false), ("GATEWAY.example:8080", nil, false),
        ("app.localhost:8080", nil, false), ("127.0.0.1.", nil, false),
        // Names of nobody's, of which some program may think otherwise.
        ("", nil, true), ("", "http://gateway.example", true), ("256.1.1.1", nil, true), ("127.1", nil, true),
        ("1", nil, true), ("cafe", nil, true), (".localhost", nil, true), ("a..localhost", nil, true),
        ("localhost..", nil, true),
        ("evil.example", nil, true), ("gateway.example.evil", nil, true), ("notlocalhost", nil, true),
        ("evil.example", "http://evil.example", true), ("127.0.0.1", "http://evil.example", true),
        ("gateway.example", "http://gateway.example", false),
        // A page that may call is no other site's.
        ("evil.example", "https://app.example", false),
    ]

    @Test(arguments: requests.indices) func configuredKeyIsSpentForAllowedHostsOnly(position: Int) {
        let (host, origin, isRefused) = Self.requests[position]
        let fields = [("Host", host), ("Origin", origin)].compactMap { name, value in value.map { (name, $0) } }
        func refusal(_ method: HTTPMethod, spendsKey: Bool) -> UInt? {
            let check = HostCheck(
                origins: OriginCheck(
                    crossOrigin: CrossOriginPolicy(origins: ["https://app.example"]),
                    allowedHosts: ["gateway.example"]
                ),
                spendsConfiguredKey: { _ in spendsKey }
            )
            let head = HTTPRequestHead(version: .http1_1, method: method, uri: "/", headers: HTTPHeaders(fields))
            return check.refusal(of: HTTPRequest(head: head, body: []))?.status.code
        }
        #expect(refusal(.POST, spendsKey: true) == (isRefused ? 403 : nil))
        #expect(refusal(.GET, spendsKey: true) == (isRefused ? 403 : nil))
        // Who brings a key of their own may come by any name, and a preflight request spends nothing.
        #expect(refusal(.POST, spendsKey: false) == nil)
        #expect(refusal(.OPTIONS, spendsKey: true) == nil)
    }

    @Test(
        arguments: [
            ("gateway.example", "gateway.example"), ("Gateway.Example.", "gateway.example"), ("10.0.0.1", "10.0.0.1"),
            ("gateway.example:80", nil), ("", nil), ("a b", nil), ("https://a", nil), ("a/b", nil),
        ] as [(String, String?)]
    )
    func allowedHostHasNoPortOrScheme(text: String, name: String?) {
        #expect(AllowedHost.name(of: text) == name)
    }
}
