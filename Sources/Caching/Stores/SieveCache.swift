/// A cache bounded in bytes that evicts by SIEVE: a hand moves from the oldest entry to the newest, spares those that
/// were read since it last came by, and drops the first that was not.
///
/// Reading sets one bit and moves nothing. https://www.usenix.org/conference/nsdi24/presentation/zhang-yazhuo
///
/// Lookup, insertion and removal take constant time; eviction does so on average.
// PERF: several lookups a request: what a lookup reads lies apart from keys and costs, so that none of them is copied; and
// all is inlinable, as another module would otherwise look up the types' metadata at every step.
@usableFromInline
package struct SieveCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// An entry without its key and value.
    @usableFromInline
    struct Link: Sendable {
        @usableFromInline var cost: Int
        @usableFromInline var wasRead: Bool
        /// The next newer entry, -1 at the newest.
        @usableFromInline var newer: Int
        /// The next older entry, -1 at the oldest.
        @usableFromInline var older: Int

        @inlinable
        init(cost: Int, wasRead: Bool, older: Int) {
            self.cost = cost
            self.wasRead = wasRead
            newer = -1
            self.older = older
        }
    }

    /// The most bytes that all entries may cost together.
    @usableFromInline package let capacity: Int
    /// The bytes that all entries cost.
    @usableFromInline package internal(set) var cost = 0
    /// The entries by slot, in three columns.
    @usableFromInline var keys: [Key?] = []
    @usableFromInline var values: [Value?] = []
    @usableFromInline var links: [Link] = []
    @usableFromInline var free: [Int] = []
    @usableFromInline var slots: [Key: Int] = [:]
    @usableFromInline var newest = -1
    @usableFromInline var oldest = -1
    @usableFromInline var hand = -1

    @inlinable
    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The number of entries.
    @inlinable
    package var count: Int { slots.count }

    /// Reads an entry and marks it as read.
    @inlinable
    package mutating func value(for key: Key) -> Value? {
        guard let slot = slots[key] else { return nil }
        links[slot].wasRead = true
        return values[slot]
    }

    /// Changes an entry in place and marks it as read; nil if there is none.
    ///
    /// The entry's cost stays the same.
    @inlinable
    package mutating func update<Result>(_ key: Key, _ body: (inout Value) -> Result) -> Result? {
        guard let slot = slots[key], var value = values[slot] else { return nil }
        links[slot].wasRead = true
        // The cache must not hold a second reference while the value is changed.
        values[slot] = nil
        defer { values[slot] = value }
        return body(&value)
    }

    /// Adds or replaces an entry; one that costs more than the whole capacity is not stored.
    ///
    /// An entry that replaces another of the same key inherits its mark: it counts as read if that one was.
    ///
    /// - Returns: the evicted values, so that a caller that holds a lock can release them outside of it.
    @inlinable
    @discardableResult
    package mutating func insert(_ value: Value, for key: Key, cost newCost: Int) -> [Value] {
        var wasRead = false
        var dropped: [Value] = []
        if let slot = slots[key] {
            wasRead = links[slot].wasRead
            if let old = remove(slot) { dropped.append(old) }
        }
        guard newCost >= 0, newCost <= capacity else { return dropped }
        makeRoom(for: newCost, dropping: &dropped)
        let link = Link(cost: newCost, wasRead: wasRead, older: newest)
        let slot: Int
        if let unused = free.popLast() {
            slot = unused
            keys[slot] = key
            values[slot] = value
            links[slot] = link
        } else {
            slot = keys.count
            keys.append(key)
            values.append(value)
            links.append(link)
        }
        if newest >= 0 { links[newest].newer = slot }
        newest = slot
        if oldest < 0 { oldest = slot }
        slots[key] = slot
        cost += newCost
        return dropped
    }

    /// Changes what an entry costs, and removes it if it is too much.
    ///
    /// - Returns: the evicted values; nil if there is no such entry.
    @inlinable
    package mutating func changeCost(of key: Key, to newCost: Int) -> [Value]? {
        guard let slot = slots[key] else { return nil }
        guard newCost >= 0, newCost <= capacity else { return remove(slot).map { [$0] } }
        cost += newCost - links[slot].cost
        links[slot].cost = newCost
        var dropped: [Value] = []
        makeRoom(for: 0, dropping: &dropped)
        return dropped
    }

    @inlinable
    mutating func makeRoom(for newCost: Int, dropping dropped: inout [Value]) {
        while cost > capacity - newCost, let value = evict() { dropped.append(value) }
    }

    /// Removes an entry.
    @inlinable
    @discardableResult
    package mutating func removeValue(for key: Key) -> Value? {
        guard let slot = slots[key] else { return nil }
        return remove(slot)
    }

    /// Removes all entries.
    @inlinable
    package mutating func removeAll() {
        self = SieveCache(capacity: capacity)
    }

    @inlinable
    mutating func evict() -> Value? {
        var slot = hand >= 0 ? hand : oldest
        while slot >= 0, links[slot].wasRead {
            links[slot].wasRead = false
            slot = links[slot].newer
            if slot < 0 { slot = oldest }
        }
        guard slot >= 0 else { return nil }
        hand = links[slot].newer
        return remove(slot)
    }

    @inlinable
    @discardableResult
    mutating func remove(_ slot: Int) -> Value? {
        let link = links[slot]
        let value = values[slot]
        if link.newer >= 0 { links[link.newer].older = link.older } else { newest = link.older }
        if link.older >= 0 { links[link.older].newer = link.newer } else { oldest = link.newer }
        if hand == slot { hand = link.newer }
        if let key = keys[slot] { slots[key] = nil }
        keys[slot] = nil
        values[slot] = nil
        free.append(slot)
        cost -= link.cost
        return value
    }
}
