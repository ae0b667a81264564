import Testing

@testable import Upstream

/// What an upstream says never shows a key, however it writes it.
@Suite struct SecretMaskTests {
    private static let key = "wsk_live_4f9A-72b_c0ffee/Zz"

    @Test(arguments: [
        ("the key \(key) is wrong", "the key … is wrong"),
        ("\(key)", "…"), ("\(key)\(key)", "……"),
        // All but its end, or its beginning.
        ("key \(key.prefix(20))", "key …"), ("(\(key.dropFirst(5)))", "(…)"),
        ("\(key.prefix(11))", "\(key.prefix(11))"),
        // In base 64, alone and with the scheme.
        ("d3NrX2xpdmVfNGY5QS03MmJfYzBmZmVlL1p6", "…"), ("x d3NrX2xpdmVfNGY5QS03MmJf y", "x … y"),
        ("QmVhcmVyIHdza19saXZlXzRmOUEtNzJiX2MwZmZlZS9aeg==", "…=="),
        // In hexadecimal digits.
        ("0x77736b5f6c6976655f346639412d3732625f6330666665652f5a7a.", "0x…."),
        ("77736B5F6C6976655F346639412D3732625F6330666665652F5A7A", "…"),
        ("The upstream says é and nothing else", "The upstream says é and nothing else"), ("", ""),
    ]) func keyIsMaskedInPartAndInEveryEncoding(text: String, shown: String) throws {
        let mask = try #require(SecretMask("Bearer \(Self.key)"))
        #expect(mask.hidden(in: text) == shown)
    }

    @Test func shortOrMissingSecretsAreNotMasked() {
        #expect(SecretMask(nil) == nil)
        #expect(SecretMask("Bearer abc") == nil)
        #expect(SecretMask("Bearer abcd")?.hidden(in: "abcd and abc") == "… and abc")
    }
}
