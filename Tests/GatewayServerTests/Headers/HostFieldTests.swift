import Testing

@testable import GatewayServer

/// Values of `Host`.
@Suite struct HostFieldTests {
    /// A value, and what is read from it: name, port, whether it is an address, whether it is this machine's own name.
    static let valid: [(text: String, name: String, port: String?, isAddress: Bool, isLocalhost: Bool)] = [
        ("example.com", "example.com", nil, false, false),
        ("Example.COM:8080", "example.com", "8080", false, false),
        ("example.com:", "example.com", nil, false, false),
        ("example.com.", "example.com", nil, false, false),
        ("a_b~c!$&'()*+,;=-.d", "a_b~c!$&'()*+,;=-.d", nil, false, false),
        ("%41b", "%41b", nil, false, false),
        ("", "", nil, false, false),
        ("127.0.0.1:80", "127.0.0.1", "80", true, false),
        ("127.0.0.1.", "127.0.0.1", nil, true, false),
        // No addresses, although some programs read them as such.
        ("127.1", "127.1", nil, false, false),
        ("256.1.1.1", "256.1.1.1", nil, false, false),
        ("1.2.3.4.5", "1.2.3.4.5", nil, false, false),
        ("1", "1", nil, false, false),
        ("cafe", "cafe", nil, false, false),
        ("[::1]", "[::1]", nil, true, false),
        ("[2001:DB8::1]:443", "[2001:db8::1]", "443", true, false),
        ("[::ffff:127.0.0.1]:443", "[::ffff:127.0.0.1]", "443", true, false),
        ("localhost:8080", "localhost", "8080", false, true),
        ("LOCALHOST.", "localhost", nil, false, true),
        ("app.localhost", "app.localhost", nil, false, true),
        ("a-b.c_d.localhost", "a-b.c_d.localhost", nil, false, true),
        (".localhost", ".localhost", nil, false, false),
        ("a..localhost", "a..localhost", nil, false, false),
        ("localhost..", "localhost.", nil, false, false),
        ("a=b.localhost", "a=b.localhost", nil, false, false),
        ("localhost.evil", "localhost.evil", nil, false, false),
        ("evillocalhost", "evillocalhost", nil, false, false),
        ("127.0.0.1.evil.example", "127.0.0.1.evil.example", nil, false, false),
    ]

    @Test(arguments: valid)
    func readsValidHosts(text: String, name: String, port: String?, isAddress: Bool, isLocalhost: Bool) throws {
        let host = try #require(HostField(text))
        #expect(host.name == name)
        #expect(host.port == port)
        #expect(host.isAddress == isAddress)
        #expect(host.isLocalhost == isLocalhost)
    }

    @Test(arguments: [
        "a b", "a b/c@d", "user@example.com", "a/b", "a?b", "a#b", "a\\b", "a:b", "a:80:80", "a:-1", "a:123456", "[::1",
        "::1", "[]", "[::1]x", "[x]", "[:::]", "[1:2]", "[127.0.0.1]", "[::1::2]", "[::12345]", "[::256.1.1.1]", "a%4",
        "a%zz", "a\"b", "a<b>", "é.example", "a\u{7F}", "a\tb", "{a}", "a|b",
        "a^b",
    ])
    func refusesInvalidHosts(text: String) {
        #expect(HostField(text) == nil)
    }
}
