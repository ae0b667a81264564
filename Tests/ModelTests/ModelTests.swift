import Foundation
import Testing

/// The gateway before a sandbox returns what a plain model of the data returns, whatever API variant the sandbox plays.
@Suite struct ModelTests {
    /// The seeds that are played: the same in each run, unless `MODEL_SEED` and `MODEL_SEEDS` name the first and how many.
    static let seeds: [UInt64] = {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["MODEL_SEED"].flatMap(UInt64.init) ?? 1
        let count = environment["MODEL_SEEDS"].flatMap(UInt64.init) ?? 12
        return Array(first..<first + count)
    }()

    private static let width = 3

    @Test func responsesAreThoseOfTheModel() async throws {
        try #require(!Self.seeds.isEmpty)
        var seeds = Self.seeds[...]
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.width {
                guard let seed = seeds.popFirst() else { break }
                group.addTask { await Self.play(seed) }
            }
            while await group.next() != nil {
                if let seed = seeds.popFirst() { group.addTask { await Self.play(seed) } }
            }
        }
    }

    private static func play(_ seed: UInt64) async {
        do {
            for difference in try await ModelRun.differences(seed: seed) {
                Issue.record("seed \(seed): \(difference)")
            }
        } catch {
            Issue.record("seed \(seed): \(error), played: \(ModelScenario(seed: seed).description)")
        }
    }
}
