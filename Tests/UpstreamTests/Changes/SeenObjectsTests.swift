import TestSupport
import Testing

@testable import Upstream

/// What subscribers that share their results have been shown.
@Suite struct SeenObjectsTests {
    /// What a look at an object shows.
    private enum Sighting: CaseIterable {
        case first, second, away, awayAndVisibleBefore, failed
    }

    /// One subscriber that is alone.
    private struct Alone {
        let begunAfter: UInt64
        var seen: [String: SeenObjects.Seen] = [:]
        var events: [String] = []
    }

    /// What a sighting means for who has been shown something.
    private static func meaning(
        of sighting: Sighting,
        _ seen: SeenObjects.Seen?
    ) -> (String?, SeenObjects.Seen?) {
        let wasShown = seen?.isShown ?? (sighting == .awayAndVisibleBefore)
        switch sighting {
        case .first, .second:
            let now = SeenObjects.Seen(state: sighting == .first ? 1 : 2, isShown: true)
            return (seen == now ? nil : "shown \(sighting)", now)
        case .away, .awayAndVisibleBefore: return wasShown ? ("gone", .left) : (nil, seen)
        case .failed: return (wasShown ? "changed" : "failed", seen)
        }
    }

    /// Subscribers that begin and end at random have the events that each would have alone.
    @Test(arguments: 0..<50)
    func sharedSubscribersHaveTheEventsOfSeparateOnes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var shared = SeenObjects()
        var subscribers: [Alone] = []
        var number: UInt64 = 0
        for step in 0..<400 {
            switch random.below(10) {
            case 0, 1: subscribers.append(Alone(begunAfter: number))
            case 2: if !subscribers.isEmpty { subscribers.remove(at: random.below(subscribers.count)) }
            default:
                number += 1
                let key = "\(random.below(4))"
                let sighting = Sighting.allCases[random.below(Sighting.allCases.count)]
                let meanings = shared.update(key, at: number) { Self.meaning(of: sighting, $0) }
                for index in subscribers.indices {
                    let begunAfter = subscribers[index].begunAfter
                    let own = meanings.filter { $0.subscribers.contains(begunAfter) }
                    let (event, seen) = Self.meaning(of: sighting, subscribers[index].seen[key])
                    subscribers[index].seen[key] = seen
                    #expect(own.map(\.meaning) == [event], "step \(step): \(sighting) of \(key)")
                }
            }
        }
    }

    @Test func audienceContainsItsRanges() {
        var audience = Audience.nobody
        #expect(audience.isEmpty && !audience.contains(0))
        audience.add(0..<2)
        audience.add(2..<3)
        audience.add(5..<5)
        audience.add(7..<9)
        #expect((0..<10).filter { audience.contains($0) } == [0, 1, 2, 7, 8])
        #expect(Audience.everybody.contains(0) && Audience.everybody.contains(1 << 40))
    }
}
