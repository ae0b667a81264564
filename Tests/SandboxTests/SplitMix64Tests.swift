import Sandbox
import Testing

@Suite struct SplitMix64Tests {
    @Test func drawsThePublishedSequence() {
        var random = SplitMix64(seed: 1_234_567)
        let drawn = (0..<5).map { _ in random.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821,
            ]
        )
    }

    @Test func streamsOfOneSeedDiffer() {
        var one = SplitMix64(seed: 1, stream: 0, 1)
        var other = SplitMix64(seed: 1, stream: 1, 0)
        #expect(one.next() != other.next())
    }

    @Test func boundsHold() {
        var random = SplitMix64(seed: 9)
        let drawn = Set((0..<1000).map { _ in random.below(7) })
        #expect(drawn == Set(0..<7))
        #expect(random.below(0) == 0)
        #expect(!random.chance(0) && random.chance(1))
    }
}
