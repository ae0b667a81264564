/// A cache bounded in bytes that evicts by SIEVE: a hand moves from the oldest entry to the newest, spares those that
/// were read since it last came by, and drops the first that was not.
///
/// Reading sets one bit and moves nothing. https://www.usenix.org/conference/nsdi24/presentation/zhang-yazhuo
///
/// Lookup, insertion and removal take constant time; eviction does so on average.
package struct SieveCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var key: Key
        var value: Value
        var cost: Int
        var wasRead = false
        /// The next newer entry, -1 at the newest.
        var newer = -1
        /// The next older entry, -1 at the oldest.
        var older = -1

        mutating func update<Result>(_ body: (inout Value) -> Result) -> Result {
            wasRead = true
            return body(&value)
        }
    }

    /// The most bytes that all entries may cost together.
    package let capacity: Int
    /// The bytes that all entries cost.
    package private(set) var cost = 0
    private var entries: [Entry?] = []
    private var free: [Int] = []
    private var slots: [Key: Int] = [:]
    private var newest = -1
    private var oldest = -1
    private var hand = -1

    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The number of entries.
    package var count: Int { slots.count }

    /// Reads an entry and marks it as read.
    package mutating func value(for key: Key) -> Value? {
        guard let slot = slots[key] else { return nil }
        entries[slot]?.wasRead = true
        return entries[slot]?.value
    }

    /// Changes an entry in place and marks it as read; nil if there is none.
    ///
    /// What the entry costs stays the same.
    package mutating func update<Result>(_ key: Key, _ body: (inout Value) -> Result) -> Result? {
        guard let slot = slots[key] else { return nil }
        return entries[slot]?.update(body)
    }

    /// Adds or replaces an entry; one that costs more than the whole capacity is not kept.
    ///
    /// An entry that takes the place of another of the same key is as well worth keeping: it counts as read if that was.
    package mutating func insert(_ value: Value, for key: Key, cost newCost: Int) {
        var wasRead = false
        if let known = slots[key] {
            wasRead = entries[known]?.wasRead ?? false
            remove(known)
        }
        guard newCost >= 0, newCost <= capacity else { return }
        while cost > capacity - newCost { evict() }
        let slot = free.popLast() ?? entries.count
        let entry = Entry(key: key, value: value, cost: newCost, wasRead: wasRead, newer: -1, older: newest)
        if slot == entries.count { entries.append(entry) } else { entries[slot] = entry }
        if newest >= 0 { entries[newest]?.newer = slot }
        newest = slot
        if oldest < 0 { oldest = slot }
        slots[key] = slot
        cost += newCost
    }

    /// Removes an entry.
    @discardableResult
    package mutating func removeValue(for key: Key) -> Value? {
        guard let slot = slots[key] else { return nil }
        return remove(slot)
    }

    /// Removes all entries.
    package mutating func removeAll() {
        self = SieveCache(capacity: capacity)
    }

    private mutating func evict() {
        var slot = hand >= 0 ? hand : oldest
        while slot >= 0, entries[slot]?.wasRead == true {
            entries[slot]?.wasRead = false
            slot = entries[slot]?.newer ?? -1
            if slot < 0 { slot = oldest }
        }
        guard slot >= 0 else { return }
        hand = entries[slot]?.newer ?? -1
        remove(slot)
    }

    @discardableResult
    private mutating func remove(_ slot: Int) -> Value? {
        guard let entry = entries[slot] else { return nil }
        if entry.newer >= 0 { entries[entry.newer]?.older = entry.older } else { newest = entry.older }
        if entry.older >= 0 { entries[entry.older]?.newer = entry.newer } else { oldest = entry.newer }
        if hand == slot { hand = entry.newer }
        entries[slot] = nil
        free.append(slot)
        slots[entry.key] = nil
        cost -= entry.cost
        return entry.value
    }
}
