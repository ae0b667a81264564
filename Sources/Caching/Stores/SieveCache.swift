/// A cache bounded in bytes that evicts by SIEVE: a hand moves from the oldest entry to the newest, passes entries that were
/// read since it last passed them, and evicts the first that was not.
///
/// Reading sets one bit and moves nothing. https://www.usenix.org/conference/nsdi24/presentation/zhang-yazhuo
///
/// After as many evictions as there are entries, the hand begins at the oldest again. Otherwise, where entries are read in turn,
/// it would evict each before it is read again, always as many steps from the newest, and never reach the older entries that are
/// not read any more.
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
        @usableFromInline var hash: Int
        /// The next newer entry, -1 at the newest.
        @usableFromInline var newer: Int32 = -1
        /// The next older entry, -1 at the oldest; of an unused slot, the next unused one.
        @usableFromInline var older: Int32
        @usableFromInline var wasRead: Bool

        @inlinable
        init(cost: Int, hash: Int, wasRead: Bool, older: Int32) {
            self.cost = cost
            self.hash = hash
            self.wasRead = wasRead
            self.older = older
        }
    }

    /// The most bytes that all entries may cost together.
    @usableFromInline package let capacity: Int
    /// The cost of each entry in addition to the cost passed to `insert`.
    @usableFromInline let costPerEntry: Int
    /// The cost of all entries together.
    @usableFromInline package internal(set) var cost = 0
    /// The number of entries.
    @usableFromInline package internal(set) var count = 0
    /// The entries by slot, in three columns.
    @usableFromInline var keys: [Key?] = []
    @usableFromInline var values: [Value?] = []
    @usableFromInline var links: [Link] = []
    /// The slots by hash.
    @usableFromInline var index = HashIndex()
    @usableFromInline var unused: Int32 = -1
    @usableFromInline var newest: Int32 = -1
    @usableFromInline var oldest: Int32 = -1
    @usableFromInline var hand: Int32 = -1
    /// The number of evictions since the hand began at the oldest entry.
    @usableFromInline var evictions = 0

    /// Makes a cache whose capacity has the unit of the costs passed to `insert`.
    @inlinable
    package init(capacity: Int) {
        self.capacity = capacity
        costPerEntry = 0
    }

    /// Makes a cache that takes up at most `maximumBytes` of memory, if `insert` is passed the bytes that an entry itself allocates.
    @inlinable
    package init(maximumBytes: Int) {
        capacity = maximumBytes
        costPerEntry = Self.bytesPerEntry
    }

    private init(emptying other: SieveCache) {
        capacity = other.capacity
        costPerEntry = other.costPerEntry
    }

    /// The bytes of an entry in the columns and the index, with their unused capacity.
    @inlinable
    package static var bytesPerEntry: Int {
        let row = MemoryLayout<Key?>.stride + MemoryLayout<Value?>.stride + MemoryLayout<Link>.stride
        return row + row / 4 + HashIndex.bytesPerEntry
    }

    /// Reads an entry and marks it as read.
    @inlinable
    package mutating func value(for key: Key) -> Value? {
        guard let slot = slot(of: key, hash: key.hashValue) else { return nil }
        links[slot].wasRead = true
        return values[slot]
    }

    /// Changes an entry in place and marks it as read; nil if there is none.
    ///
    /// The entry's cost stays the same.
    @inlinable
    package mutating func update<Result>(_ key: Key, _ body: (inout Value) -> Result) -> Result? {
        guard let slot = slot(of: key, hash: key.hashValue), var value = values[slot] else { return nil }
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
    package mutating func insert(_ value: Value, for key: Key, cost ownCost: Int) -> [Value] {
        let hash = key.hashValue
        var wasRead = false
        var dropped: [Value] = []
        if let slot = slot(of: key, hash: hash) {
            wasRead = links[slot].wasRead
            if let old = remove(slot) { dropped.append(old) }
        }
        guard let newCost = wholeCost(ownCost) else { return dropped }
        makeRoom(for: newCost, dropping: &dropped)
        let slot = add(key, value, Link(cost: newCost, hash: hash, wasRead: wasRead, older: newest))
        if newest >= 0 { links[Int(newest)].newer = slot }
        newest = slot
        if oldest < 0 { oldest = slot }
        cost += newCost
        count += 1
        return dropped
    }

    /// Changes the cost of an entry, and removes the entry if it costs more than the capacity.
    ///
    /// - Returns: the evicted values; nil if there is no such entry.
    @inlinable
    package mutating func changeCost(of key: Key, to ownCost: Int) -> [Value]? {
        guard let slot = slot(of: key, hash: key.hashValue) else { return nil }
        guard let newCost = wholeCost(ownCost) else { return remove(slot).map { [$0] } }
        cost += newCost - links[slot].cost
        links[slot].cost = newCost
        var dropped: [Value] = []
        makeRoom(for: 0, dropping: &dropped)
        return dropped
    }

    /// Removes an entry.
    @inlinable
    @discardableResult
    package mutating func removeValue(for key: Key) -> Value? {
        guard let slot = slot(of: key, hash: key.hashValue) else { return nil }
        return remove(slot)
    }

    /// The values of all entries, in no order; this marks none of them as read.
    package var allValues: [Value] { values.compactMap(\.self) }

    /// Removes all entries.
    package mutating func removeAll() {
        self = SieveCache(emptying: self)
    }

    // MARK: - Slots

    @inlinable
    func slot(of key: Key, hash: Int) -> Int? {
        var position = index.firstPosition(of: hash)
        while let slot = index.slot(at: position) {
            if links[slot].hash == hash, let known = keys[slot], known == key { return slot }
            position = index.position(after: position)
        }
        return nil
    }

    /// Puts an entry into an unused slot, or into a new one.
    @inlinable
    mutating func add(_ key: Key, _ value: Value, _ link: Link) -> Int32 {
        let slot: Int
        if unused >= 0 {
            slot = Int(unused)
            unused = links[slot].older
            keys[slot] = key
            values[slot] = value
            links[slot] = link
        } else {
            slot = keys.count
            if slot == keys.capacity { makeRoomForSlots() }
            keys.append(key)
            values.append(value)
            links.append(link)
        }
        if !index.hasRoom(forCount: count + 1) {
            index = HashIndex(minimumCount: count + 1)
            var other = oldest
            while other >= 0 {
                index.add(Int(other), hash: links[Int(other)].hash)
                other = links[Int(other)].newer
            }
        }
        index.add(slot, hash: link.hash)
        return Int32(slot)
    }

    /// Grows the columns by a quarter: a full cache would never use the capacity that an array gains by doubling.
    @inlinable
    mutating func makeRoomForSlots() {
        let room = keys.count + max(8, keys.count / 4)
        keys.reserveCapacity(room)
        values.reserveCapacity(room)
        links.reserveCapacity(room)
    }

    /// The whole cost of an entry; nil if it is more than the capacity.
    @inlinable
    func wholeCost(_ ownCost: Int) -> Int? {
        let (cost, hasOverflowed) = ownCost.addingReportingOverflow(costPerEntry)
        return ownCost >= 0 && !hasOverflowed && cost <= capacity ? cost : nil
    }

    @inlinable
    mutating func makeRoom(for newCost: Int, dropping dropped: inout [Value]) {
        while cost > capacity - newCost, let value = evict() { dropped.append(value) }
    }

    @inlinable
    mutating func evict() -> Value? {
        if hand < 0 || evictions >= count {
            hand = oldest
            evictions = 0
        }
        evictions += 1
        var slot = hand
        while slot >= 0, links[Int(slot)].wasRead {
            links[Int(slot)].wasRead = false
            slot = links[Int(slot)].newer
            if slot < 0 { slot = oldest }
        }
        guard slot >= 0 else { return nil }
        hand = links[Int(slot)].newer
        return remove(Int(slot))
    }

    @inlinable
    @discardableResult
    mutating func remove(_ slot: Int) -> Value? {
        let link = links[slot]
        let value = values[slot]
        if link.newer >= 0 { links[Int(link.newer)].older = link.older } else { newest = link.older }
        if link.older >= 0 { links[Int(link.older)].newer = link.newer } else { oldest = link.newer }
        if hand == slot { hand = link.newer }
        removeFromIndex(slot, hash: link.hash)
        keys[slot] = nil
        values[slot] = nil
        links[slot].older = unused
        unused = Int32(slot)
        cost -= link.cost
        count -= 1
        return value
    }

    /// Removes a slot from the index; those after it move up, so that a search finds each from its first position on.
    @inlinable
    mutating func removeFromIndex(_ slot: Int, hash: Int) {
        var gap = index.firstPosition(of: hash)
        while index.slot(at: gap) != slot { gap = index.position(after: gap) }
        var position = index.position(after: gap)
        while let other = index.slot(at: position) {
            if index.isReachable(gap, before: position, hash: links[other].hash) {
                index.move(from: position, to: gap)
                gap = position
            }
            position = index.position(after: position)
        }
        index.clear(gap)
    }
}
