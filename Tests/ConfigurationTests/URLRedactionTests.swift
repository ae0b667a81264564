import Configuration
import Testing

/// URLs are shown without what may be a secret.
@Suite struct URLRedactionTests {
    static let urls: [(url: String, shown: String)] = [
        ("https://x.example:8443/api/v1", "https://x.example:8443/api/v1"),
        ("https://x/api?token=SECRET", "https://x/api?***"),
        ("https://x/api?SECRET", "https://x/api?***"),
        ("https://x/api?a=b&token=SECRET#SECRET", "https://x/api?***"),
        ("https://x/#token=SECRET", "https://x/#***"),
        ("https://user:SECRET@x/api", "https://***@x/api"),
        ("https://SECRET@x", "https://***@x"),
        ("https://user:SECRET@x/api?token=SECRET", "https://***@x/api?***"),
        ("https://user:SEC/RET@x/api", "https://***@x/api"),
        ("https://user:SEC?RET@x/api?SECRET", "https://***@x/api?***"),
        ("https://SEC\\RET@x/", "https://***@x/"),
        ("ftp://user:SECRET@x/", "ftp://***@x/"),
        ("user:SECRET@x?SECRET", "***@x?***"),
        ("https:/user:SECRET@x", "***@x"),
        ("x/api?token=SECRET", "x/api?***"),
        ("https://x/users/@me", "https://x/users/@me"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
        ("", ""),
    ]

    @Test(arguments: urls) func secretsOfAURLAreNotShown(url: String, shown: String) {
        #expect(URLRedaction.redact(url) == shown)
        let problem = BaseURL.problem(with: url) ?? ""
        #expect(!problem.contains("SEC") && !problem.contains("RET"), "\(problem)")
    }

    @Test(arguments: [
        ("The value 'https://x/?a=SECRET' is invalid.", "The value 'https://x/?***' is invalid."),
        ("a=https://u:SECRET@x b=http://y/?SECRET", "a=https://***@x b=http://y/?***"),
        ("Nothing of that: // a://", "Nothing of that: // a://"),
        ("http://x", "http://x"), ("", ""),
    ])
    func secretsOfURLsInATextAreNotShown(text: String, shown: String) {
        #expect(URLRedaction.redact(in: text) == shown)
    }
}
