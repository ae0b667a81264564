import TestSupport
import Testing

@testable import Upstream

@Suite struct BudgetPropertyTests {
    struct Setting: CustomTestStringConvertible {
        let telling: CountingUpstream.Telling
        let beginning: CountingUpstream.Beginning
        let isShared: Bool

        var testDescription: String { "states \(telling), begins \(beginning), \(isShared ? "shared" : "apart")" }

        static let all = CountingUpstream.Telling.allCases.flatMap { telling in
            CountingUpstream.Beginning.allCases.flatMap { beginning in
                [false, true].map { Setting(telling: telling, beginning: beginning, isShared: $0) }
            }
        }
    }

    private func simulation(
        _ setting: Setting,
        seed: UInt64,
        demand: (calls: Int, pause: Int),
        failures: Bool
    ) -> BudgetSimulation {
        var generator = SeededGenerator(seed: seed)
        let isStated = setting.telling != .nothing
        return BudgetSimulation(
            CountingUpstream(
                setting.telling,
                setting.beginning,
                limits: (20, 10),
                isShared: setting.isShared,
                using: &generator
            ),
            allowance: Allowance(readsPerMinute: 20, writesPerMinute: 10),
            slowness: isStated ? (3000, 3000) : (1000, 20_000),
            demand: demand,
            failures: failures,
            generator: generator
        )
    }

    @Test(arguments: Setting.all)
    func noWindowOfTheUpstreamHoldsMoreCallsThanItsLimit(_ setting: Setting) {
        for seed in UInt64(0)..<8 {
            var generator = SeededGenerator(seed: seed &+ 1_000_000)
            let demand = (
                calls: Int.random(in: 1...40, using: &generator), pause: Int.random(in: 100...20_000, using: &generator)
            )
            var simulation = simulation(setting, seed: seed, demand: demand, failures: seed % 2 == 0)
            let counts = simulation.run(minutes: 12)
            let limits = simulation.upstream.counters.map(\.limit)
            #expect(counts[0].allSatisfy { $0 <= limits[0] }, "seed \(seed), reads \(counts[0])")
            #expect(counts[1].allSatisfy { $0 <= limits[1] }, "seed \(seed), writes \(counts[1])")
        }
    }

    @Test(arguments: Setting.all.filter { $0.telling != .nothing })
    func aStatedWindowIsUsedUp(_ setting: Setting) {
        for seed in UInt64(0)..<3 {
            var simulation = simulation(setting, seed: seed, demand: (4, 200), failures: false)
            let counts = simulation.run(minutes: 12)[0].dropFirst().dropLast()
            // Calls that had no response yet when the window ended are counted in the next as well.
            #expect(counts.count >= 9)
            #expect(counts.reduce(0, +) >= counts.count * 18, "seed \(seed), reads \(counts)")
        }
    }

    @Test(arguments: Setting.all.filter { $0.telling == .nothing })
    func anUnstatedWindowIsUsedUpInAMinuteAndTwoSeconds(_ setting: Setting) {
        for seed in UInt64(0)..<3 {
            var simulation = simulation(setting, seed: seed, demand: (4, 200), failures: false)
            let counts = simulation.run(minutes: 12)
            let all = counts[0].reduce(0, +) + (setting.isShared ? 0 : counts[1].reduce(0, +))
            // Whether writes are counted apart is not known: both together stay within the limit of reads.
            #expect((11 * 20...12 * 20).contains(all), "seed \(seed), \(counts)")
        }
    }
}
