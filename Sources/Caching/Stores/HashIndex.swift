/// Slots of a table by the hashes of their keys: a table of open addressing that takes a few bytes for each entry.
///
/// It has neither keys nor hashes: its user compares them, from the first position of a hash on to a free position.
@usableFromInline
struct HashIndex: Sendable {
    /// The slot of each position, counted from 1, and 0 where the position is free: a power of two of them, at least a quarter free.
    @usableFromInline var buckets: [UInt32] = []

    /// Makes an index without capacity.
    @inlinable
    init() {}

    /// Makes an index with capacity for at least `minimumCount` entries.
    @inlinable
    init(minimumCount: Int) {
        var size = 8
        while size * 3 < minimumCount * 4 { size *= 2 }
        buckets = Array(repeating: 0, count: size)
    }

    /// The most bytes for each entry: right after it has grown, three of eight are used.
    @inlinable static var bytesPerEntry: Int { 11 }

    /// Whether that many entries leave a quarter of the positions free.
    @inlinable
    func hasRoom(forCount count: Int) -> Bool { count * 4 <= buckets.count * 3 }

    /// The position where a search for a hash begins.
    @inlinable
    func firstPosition(of hash: Int) -> Int { buckets.isEmpty ? 0 : hash & (buckets.count - 1) }

    /// The position where a search continues.
    @inlinable
    func position(after position: Int) -> Int { (position + 1) & (buckets.count - 1) }

    /// The slot at a position; nil if it is free.
    @inlinable
    func slot(at position: Int) -> Int? {
        guard !buckets.isEmpty, case let bucket = buckets[position], bucket > 0 else { return nil }
        return Int(bucket) - 1
    }

    /// Whether a search for a hash, found at `position`, passes the position `earlier` first.
    @inlinable
    func isReachable(_ earlier: Int, before position: Int, hash: Int) -> Bool {
        let mask = buckets.count - 1
        return (position &- firstPosition(of: hash)) & mask >= (position &- earlier) & mask
    }

    /// Adds a slot after all others of its hash; a position must be free.
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
