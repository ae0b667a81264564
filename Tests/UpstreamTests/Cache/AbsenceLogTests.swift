import GraphQL
import Testing

@testable import Upstream

/// A list from before an object went is of no more use, and only that one.
@Suite struct AbsenceLogTests {
    private let log = AbsenceLog()
    private let type = TypeID(index: 1)
    private let other = TypeID(index: 2)

    private func mark(_ epoch: UInt64, _ key: String = "a", scope: CacheScope = .workspace) -> AbsenceLog.Mark {
        AbsenceLog.Mark(epoch: epoch, type: type, scope: scope, keyHash: AbsenceLog.hash(ofKey: key))
    }

    private func isCurrent(
        _ epoch: UInt64,
        _ keys: [String] = ["a", "b"],
        of type: TypeID? = nil,
        scope: CacheScope = .workspace
    ) -> Bool {
        log.isCurrent(epoch, type ?? self.type, scope, keyHashes: keys.map { AbsenceLog.hash(ofKey: $0) })
    }

    @Test func listOlderThanAnObjectsAbsenceIsOutdated() {
        #expect(isCurrent(0))
        log.add(mark(5))
        #expect(!isCurrent(4))
        #expect(isCurrent(5))
        #expect(isCurrent(4, ["b"]))
        #expect(isCurrent(4, []))
        #expect(isCurrent(4, of: other))
        #expect(isCurrent(4, scope: .credential(Credential(key: "k"))))
    }

    @Test func absenceForOneCredentialConcernsItAlone() {
        let (mine, theirs) = (CacheScope.credential(Credential(key: "m")), CacheScope.credential(Credential(key: "t")))
        log.add(mark(5, scope: mine))
        #expect(!isCurrent(4, scope: mine))
        #expect(isCurrent(4, scope: theirs))
        #expect(isCurrent(4))
    }

    @Test func anEarlierMarkThatComesLaterIsNotOverlooked() {
        log.add(mark(9, "x"))
        log.add(mark(5, "a"))
        #expect(!isCurrent(4))
        #expect(isCurrent(7))
        #expect(!isCurrent(7, ["x"]))
    }

    @Test func forgottenMarksOutdateAllOlderLists() {
        for epoch in 1...512 { log.add(mark(UInt64(epoch), "\(epoch)")) }
        #expect(isCurrent(0))
        #expect(!isCurrent(0, ["512"]))
        // One more, and the first half is forgotten.
        log.add(mark(513, "513"))
        #expect(!isCurrent(255))
        #expect(isCurrent(256))
        #expect(isCurrent(256, ["256"]))
        #expect(!isCurrent(256, ["257"]))
        #expect(!isCurrent(256, ["513"]))
        #expect(isCurrent(513, ["513"]))
    }

    @Test func hashesAreTheSameInEveryProcess() {
        // https://datatracker.ietf.org/doc/draft-eastlake-fnv/: the test vectors of FNV-1a with 32 bits.
        #expect(["", "a", "foobar"].map { AbsenceLog.hash(ofKey: $0) } == [0x811C_9DC5, 0xE40C_292C, 0xBF9C_F968])
    }
}
