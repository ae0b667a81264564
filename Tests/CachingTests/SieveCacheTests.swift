import TestSupport
import Testing

@testable import Caching

@Suite struct SieveCacheTests {
    /// SIEVE as its authors describe it: a list from the oldest entry to the newest, and a hand; that begins at the oldest
    /// again after as many evictions as there are entries.
    private struct NaiveSieve {
        var entries: [(key: Int, value: Int, cost: Int, wasRead: Bool)] = []
        var hand: Int?
        var evictions = 0
        let capacity: Int

        var cost: Int { entries.reduce(0) { $0 + $1.cost } }

        mutating func read(_ key: Int) -> Int? {
            guard let position = entries.firstIndex(where: { $0.key == key }) else { return nil }
            entries[position].wasRead = true
            return entries[position].value
        }

        mutating func remove(_ key: Int) -> Int? {
            guard let position = entries.firstIndex(where: { $0.key == key }) else { return nil }
            let handKey = hand.flatMap { entries.indices.contains($0) ? entries[$0].key : nil }
            let nextKey = entries.indices.contains(position + 1) ? entries[position + 1].key : nil
            let value = entries.remove(at: position).value
            let key = handKey == key ? nextKey : handKey
            hand = key.flatMap { key in entries.firstIndex { $0.key == key } }
            return value
        }

        mutating func insert(_ value: Int, _ key: Int, cost newCost: Int) {
            let wasRead = entries.first { $0.key == key }?.wasRead ?? false
            _ = remove(key)
            guard newCost <= capacity else { return }
            while cost + newCost > capacity {
                if evictions >= entries.count { hand = nil }
                if hand == nil { evictions = 0 }
                evictions += 1
                var position = hand ?? 0
                while entries[position].wasRead {
                    entries[position].wasRead = false
                    position = (position + 1) % entries.count
                }
                hand = position
                _ = remove(entries[position].key)
            }
            entries.append((key, value, newCost, wasRead))
        }
    }

    @Test(arguments: UInt64(0)..<40)
    func evictsAsANaiveSieveDoes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...60, using: &generator)
        var cache = SieveCache<Int, Int>(capacity: capacity)
        var model = NaiveSieve(capacity: capacity)
        for step in 0..<400 {
            let key = Int.random(in: 0..<25, using: &generator)
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<4:
                let cost = Int.random(in: 0...8, using: &generator)
                cache.insert(step, for: key, cost: cost)
                model.insert(step, key, cost: cost)
            case 4..<8:
                #expect(cache.value(for: key) == model.read(key))
            case 8:
                let changed = cache.update(key) { value -> Int in
                    value += 1000
                    return value
                }
                #expect(changed == model.read(key).map { $0 + 1000 })
                for position in model.entries.indices where model.entries[position].key == key {
                    model.entries[position].value += 1000
                }
            default:
                #expect(cache.removeValue(for: key) == model.remove(key))
            }
            #expect(cache.cost == model.cost && cache.count == model.entries.count, "step \(step)")
        }
        var left = cache
        let cached = (0..<25).map { left.value(for: $0) }
        #expect(cached == (0..<25).map { model.read($0) })
    }

    @Test func aScanDoesNotEvictWhatIsRead() {
        var cache = SieveCache<Int, Int>(capacity: 10)
        for key in 0..<5 { cache.insert(key, for: key, cost: 1) }
        for key in 100..<10_000 {
            for wanted in 0..<5 { #expect(cache.value(for: wanted) == wanted) }
            cache.insert(key, for: key, cost: 1)
        }
        #expect(cache.count == 10)
    }

    @Test(arguments: 0..<100) func aNewWorkingSetTakesThePlaceOfAnOldOne(handPosition: Int) {
        var cache = SieveCache<Int, Int>(capacity: 100)
        for key in 0..<100 { cache.insert(key, for: key, cost: 1) }
        for key in 0..<handPosition { _ = cache.value(for: key) }
        cache.insert(100, for: 100, cost: 1)
        for key in 0...100 { _ = cache.value(for: key) }
        var hits = 0
        for _ in 0..<6 {
            hits = 0
            for key in 1000..<1080 {
                if cache.value(for: key) == nil { cache.insert(key, for: key, cost: 1) } else { hits += 1 }
            }
        }
        #expect(hits == 80)
    }

    @Test func anEntryLargerThanTheCapacityIsNotStoredAndEvictsOnlyItsPredecessor() {
        var cache = SieveCache<String, Int>(capacity: 10)
        cache.insert(1, for: "a", cost: 5)
        cache.insert(2, for: "b", cost: 5)
        cache.insert(3, for: "b", cost: 11)
        #expect(cache.value(for: "a") == 1)
        #expect(cache.value(for: "b") == nil)
        #expect(cache.cost == 5)
    }

    @Test func theLargestCapacityDoesNotOverflow() {
        var cache = SieveCache<Int, Int>(capacity: .max)
        for key in 0..<3 { cache.insert(key, for: key, cost: .max - 1) }
        #expect(cache.value(for: 2) == 2)
        #expect(cache.count == 1)
    }

    @Test func removingAllLeavesAnEmptyCacheThatWorks() {
        var cache = SieveCache<Int, Int>(capacity: 2)
        for key in 0..<5 { cache.insert(key, for: key, cost: 1) }
        cache.removeAll()
        #expect(cache.count == 0 && cache.cost == 0)
        cache.insert(7, for: 7, cost: 1)
        #expect(cache.value(for: 7) == 7)
    }

    @Test func returnsEvictedValues() {
        var cache = SieveCache<Int, String>(capacity: 10)
        #expect(cache.insert("a", for: 1, cost: 4) == [])
        #expect(cache.insert("b", for: 2, cost: 4) == [])
        #expect(cache.insert("c", for: 1, cost: 2) == ["a"])
        #expect(cache.insert("d", for: 3, cost: 9) == ["b", "c"])
        #expect(cache.insert("e", for: 3, cost: 11) == ["d"])
        #expect(cache.cost == 0)
    }

    @Test func anEntryThatGrowsEvictsOthers() {
        var cache = SieveCache<Int, String>(capacity: 10)
        cache.insert("a", for: 1, cost: 3)
        cache.insert("b", for: 2, cost: 3)
        #expect(cache.changeCost(of: 2, to: 7) == [])
        #expect(cache.cost == 10)
        #expect(cache.changeCost(of: 2, to: 8) == ["a"])
        #expect(cache.value(for: 2) == "b")
        #expect(cache.changeCost(of: 2, to: 11) == ["b"])
        #expect(cache.changeCost(of: 2, to: 1) == nil)
        #expect(cache.cost == 0)
        #expect(cache.count == 0)
    }
}
