import TestSupport
import Testing

@testable import Caching

@Suite struct AllocatedBytesTests {
    @Test(arguments: [(0, 32), (24, 32), (25, 48), (40, 48), (1000, 1008), (1001, 1024)])
    func blocksAreRoundedUp(bytes: Int, expected: Int) {
        #expect(AllocatedBytes.block(bytes) == expected)
    }

    @Test(arguments: [(0, 0), (15, 0), (16, 64), (23, 64), (24, 80), (100, 144)])
    func shortStringsTakeUpNothing(count: Int, expected: Int) {
        #expect(AllocatedBytes.string(String(repeating: "x", count: count)) == expected)
        #expect(AllocatedBytes.string(nil) == 0)
    }

    @Test func arrayCountsItsReservedCapacity() {
        var array: [Int] = []
        #expect(AllocatedBytes.array(array) == 0)
        array.reserveCapacity(100)
        #expect(AllocatedBytes.array(array) >= 32 + 100 * MemoryLayout<Int>.stride)
    }

    @Test func anEntryOfACacheCountsItsColumns() {
        var cache = SieveCache<Int, Int>(maximumBytes: SieveCache<Int, Int>.bytesPerEntry * 10 + 50)
        for key in 0..<20 { cache.insert(key, for: key, cost: key == 19 ? 50 : 0) }
        #expect(cache.count == 10)
        #expect(cache.cost == SieveCache<Int, Int>.bytesPerEntry * 10 + 50)
        cache.insert(1, for: 1, cost: .max)
        #expect(cache.value(for: 1) == nil)
    }

    @Test func entriesAreFoundWhateverIsRemovedBetweenThem() {
        /// A key whose hash many others share.
        struct Colliding: Hashable {
            let number: Int
            func hash(into hasher: inout Hasher) { hasher.combine(number % 3) }
        }
        var cache = SieveCache<Colliding, Int>(capacity: 1000)
        var model: [Int: Int] = [:]
        var generator = SeededGenerator(seed: 7)
        for step in 0..<3000 {
            let number = Int.random(in: 0..<60, using: &generator)
            if Bool.random(using: &generator) {
                cache.insert(step, for: Colliding(number: number), cost: 1)
                model[number] = step
            } else {
                #expect(cache.removeValue(for: Colliding(number: number)) == model.removeValue(forKey: number))
            }
        }
        #expect((0..<60).map { cache.value(for: Colliding(number: $0)) } == (0..<60).map { model[$0] })
    }
}
