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
        // In another letter case, within a longer text in base 64, and with percent signs.
        ("key WSK_LIVE_4F9A-72B_C0FFEE/ZZ", "key …"),
        ("u: dXNlcjp3c2tfbGl2ZV80ZjlBLTcyYl9jMGZmZWUvWno=", "u: dXNlcjp3…="),
        ("%77%73%6B%5F%6C%69%76%65%5F%34%66%39%41", "…"), ("wsk_live_4f9A-72b_c0ffee%2FZz.", "…."),
        ("The upstream says é and nothing else", "The upstream says é and nothing else"), ("", ""),
    ]) func keyIsMaskedInPartAndInEveryEncoding(text: String, shown: String) throws {
        let mask = try #require(SecretMask("Bearer \(Self.key)"))
        #expect(mask.hidden(in: text) == shown)
    }

    /// A mark that combines with the last character of a key, or one that takes its first one with it.
    @Test(arguments: ["\u{301}", "\u{FE0F}!", "\u{200D}", " "]) func aShortKeyIsMaskedWhateverFollows(
        mark: String
    ) throws {
        let mask = try #require(SecretMask("Bearer s3cr3t99"))
        #expect(mask.hidden(in: "bad key s3cr3t99\(mark)") == "bad key …\(mark)")
        #expect(mask.hidden(in: "\u{600}s3cr3t99") == "\u{600}…")
    }

    /// The text of an upstream is bounded before it is searched, and a key that nobody has is searched for in none.
    @Test func longTextsAndKeysTakeLittleWork() throws {
        let mask = try #require(SecretMask("Bearer \(Self.key)"))
        let text = mask.hidden(in: String(repeating: "x", count: 100_000) + Self.key)
        #expect(text.utf8.count <= 2000 && text.hasSuffix("xx…"))
        let long = String(repeating: "k", count: 60_000)
        let shown = try #require(SecretMask("Bearer \(long)")).hidden(in: "wrong key \(long.prefix(100))")
        #expect(shown == "The message is not shown, because the key has more than 4096 bytes.")
        #expect(
            try #require(SecretMask("Bearer \(long.prefix(4096))")).hidden(in: "key \(long.prefix(100))") == "key …"
        )
    }

    @Test func shortOrMissingSecretsAreNotMasked() {
        #expect(SecretMask(nil) == nil)
        #expect(SecretMask("Bearer abc") == nil)
        #expect(SecretMask("Bearer abcd")?.hidden(in: "abcd and abc") == "… and abc")
    }
}
