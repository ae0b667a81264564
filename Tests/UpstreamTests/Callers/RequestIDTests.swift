import Testing

@testable import Upstream

@Suite struct RequestIDTests {
    @Test(arguments: [
        "a", "3f2a91bc-1", "a-1/b:2", "00-4bf92f3577b34da6a3ce929d0e0e4736-01", "a.b_c+d=e@f",
        String(repeating: "a", count: 128),
    ])
    func safeCharactersAreAccepted(text: String) {
        #expect(RequestID(clientSupplied: text)?.text == text)
    }

    @Test(arguments: [
        "", " ", "a b", "a\tb", "a\nb", "a\"b", "a\u{0}", "é", "a,b", "{a}", "a%0A", String(repeating: "a", count: 129),
    ])
    func otherCharactersAndLengthsAreRejected(text: String) {
        #expect(RequestID(clientSupplied: text) == nil)
    }

    @Test func idsThatAreMadeDifferAndCouldBeTakenOver() {
        let ids = (0..<1000).map { _ in RequestID.make() }
        #expect(Set(ids).count == 1000)
        #expect(ids.allSatisfy { RequestID(clientSupplied: $0.text) == $0 })
    }
}
