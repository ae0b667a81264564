import Testing
import Upstream

@testable import Gateway

@Suite struct KeyTextTests {
    @Test(arguments: [
        ("key", "key"), (" \tkey\r\n", "key"), ("\u{0B}k-_.~!\u{0C}", "k-_.~!"),
        ("", nil), (" \n ", nil), ("two words", nil), ("kéy", nil), ("k\u{7F}", nil), ("k\u{00}y", nil),
    ])
    func aKeyIsOneWordOfVisibleASCII(text: String, key: String?) {
        #expect(KeyText.credential(in: Array(text.utf8)) == key.map { Credential(key: $0) })
    }
}
