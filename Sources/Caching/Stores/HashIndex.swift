/// Slots of a table by the hashes of their keys: a table of open addressing that takes a few bytes for each entry.
///
/// It knows neither keys nor hashes: whoever searches compares them, from the first position of a hash on to one that is
/// free.
@usableFromInline
struct HashIndex: Sendable {
    /// Slots, counted from 1, and 0 where it is free: a power of two of them, of which at least a quarter is free.
    @usableFromInline var buckets: [UInt32] = []

    /// Makes an index without room.
    @inlinable
    init() {}

    /// Makes an index with room for so many entries, and for some more.
    @inlinable
    init(minimumCount: Int) {
        var size = 8
        while size * 3 < minimumCount * 4 { size *= 2 }
        buckets = Array(repeating: 0, count: size)
    }

    /// The most bytes for each entry: right after it has grown, three of eight are used.
    @inlinable static var bytesPerEntry: Int { 11 }

    /// Whether as many entries leave a quarter free.
    @inlinable
    func hasRoom(forCount count: Int) -> Bool { count * 4 <= buckets.count * 3 }

    /// Where a search for a hash begins.
    @inlinable
    func firstPosition(of hash: Int) -> Int { buckets.isEmpty ? 0 : hash & (buckets.count - 1) }

    /// Where a search goes on.
    @inlinable
    func position(after position: Int) -> Int { (position + 1) & (buckets.count - 1) }

    /// The slot at a position; nil if it is free.
    @inlinable
    func slot(at position: Int) -> Int? {
        guard !buckets.isEmpty, case let bucket = buckets[position], bucket > 0 else { return nil }
        return Int(bucket) - 1
    }

    /// Whether a search for a hash that is found at a position comes by an earlier one.
    @inlinable
    func isReachable(_ earlier: Int, before position: Int, hash: Int) -> Bool {
        let mask = buckets.count - 1
        return (position &- firstPosition(of: hash)) & mask >= (position &- earlier) & mask
    }

    /// Adds a slot behind all others of its hash; there must be room.
    @inlinable
    mutating func add(_ slot: Int, hash: Int) {
        var position = firstPosition(of: hash)
        while buckets[position] > 0 { position = self.position(after: position) }
        buckets[position] = UInt32(slot) + 1
    }

    /// Moves a slot to a free position.
    @inlinable
    mutating func move(from position: Int, to free: Int) { buckets[free] = buckets[position] }

    /// Frees a position.
    @inlinable
    mutating func clear(_ position: Int) { buckets[position] = 0 }
}
