import Caching
import Testing

@Suite struct DoorkeeperTests {
    @Test func reportsRepeatedKeysAsSeen() {
        var doorkeeper = Doorkeeper(capacity: 8)
        for round in 0...2 {
            for hash in 1...8 {
                let isKnown = doorkeeper.hasSeen(hash)
                #expect(isKnown == (round > 0))
            }
        }
    }

    @Test func newKeyReplacesTheOlderOneOfItsSlot() {
        var doorkeeper = Doorkeeper(capacity: 8)
        var responses: [Bool] = []
        for hash in [3, 11, 3, 11, 19, 11, 3] { responses.append(doorkeeper.hasSeen(hash)) }
        #expect(responses == [false, false, true, true, false, true, false])
    }
}
