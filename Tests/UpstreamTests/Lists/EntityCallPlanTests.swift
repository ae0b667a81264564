import TestSupport
import Testing

@testable import Upstream

@Suite struct EntityCallPlanTests {
    /// Plays a plan against a collection; returns how many calls it takes, with one for each key that no page shows.
    private func calls(keys: [Int], pages: Int, isCounted: Bool, missing: Int = 0) -> Int {
        var plan = EntityCallPlan(keys: keys.count + missing)
        var open = keys
        var absent = missing
        var read: Set<Int> = []
        var calls = 0
        while true {
            let isExhausted = read.contains(pages)
            let known = EntityCallPlan.Pages(
                count: isCounted && !read.isEmpty || isExhausted ? pages : nil,
                cached: read,
                isPaged: true,
                isExhausted: isExhausted
            )
            switch plan.nextStep(known, open: open.count + absent) {
            case .singleObjects:
                return calls + open.count + absent
            case .probe:
                calls += 1
                let exists = !open.isEmpty
                if exists { open.removeLast() } else { absent -= 1 }
                guard plan.didProbe(exists: exists, known) else { return calls + open.count + absent }
            case .pages(let wave):
                let cost = wave.count { !read.contains($0) }
                calls += cost
                let found = open.filter { wave.contains($0) }
                open.removeAll { wave.contains($0) }
                read.formUnion(wave)
                plan.didRead(wave, cost: cost, found: found.count, in: Set(found))
            }
        }
    }

    @Test(arguments: [true, false], 0..<60)
    func planTakesAtMostOneCallPerKeyAndTheWasteBound(isCounted: Bool, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pages = Int.random(in: 1...40, using: &generator)
        let keys = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
            Int.random(in: 1...pages, using: &generator)
        }
        let missing = Int.random(in: 0...20, using: &generator)
        let all = keys.count + missing
        let most = all + EntityCallPlan.mostCallsInVain(keys: all, workspaces: 1, deduplicates: true)
        #expect(calls(keys: keys, pages: pages, isCounted: isCounted, missing: missing) <= most)
    }

    @Test(arguments: [(60, 10, 10), (60, 1, 1), (2, 10, 2), (1, 1, 1)])
    func keysFromAllPagesTakeThePages(keys: Int, pages: Int, calls: Int) {
        let spread = (0..<keys).map { $0 * pages / keys + 1 }
        #expect(self.calls(keys: spread, pages: pages, isCounted: true) <= calls)
    }

    @Test(arguments: [3, 20, 100]) func keysThatDoNotExistTakeHardlyMoreThanACallEach(keys: Int) {
        #expect(calls(keys: [], pages: 30, isCounted: true, missing: keys) <= keys + 2)
    }
}
