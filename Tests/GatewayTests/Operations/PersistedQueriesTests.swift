import Testing

@testable import Gateway

@Suite struct PersistedQueriesTests {
    private static let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func aTextIsFoundByItsDigestOnceItIsStored() {
        let queries = PersistedQueries(capacity: 1 << 16)
        #expect(queries.text(of: Self.digest) == nil)
        #expect(queries.isDigest(Self.digest, of: "abc"))
        #expect(!queries.isDigest(Self.digest, of: "abd"))
        #expect(!queries.isDigest("0", of: "abc"))
        queries.store("abc", as: Self.digest)
        #expect(queries.text(of: Self.digest) == "abc")
        #expect(queries.isDigest(Self.digest, of: "abc"))
        #expect(!queries.isDigest(Self.digest, of: "abd"))
    }

    @Test func aStoredTextIsNotReplaced() {
        let queries = PersistedQueries(capacity: 1 << 16)
        queries.store("a", as: "1")
        queries.store("b", as: "1")
        #expect(queries.text(of: "1") == "a")
    }
}
