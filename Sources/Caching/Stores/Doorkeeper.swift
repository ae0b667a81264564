/// Distinguishes keys that are requested again from keys requested once, so that only the former enter a cache.
///
/// It remembers hashes in a small table: of those that share a slot, the last.
package struct Doorkeeper: Sendable {
    private var hashes: [Int]

    /// Makes a doorkeeper that remembers some hashes: 8 bytes each.
    package init(capacity: Int = 1024) {
        hashes = Array(repeating: 0, count: max(1, capacity))
    }

    /// Whether something of this hash has been seen before, lately; from now on it has.
    package mutating func hasSeen(_ hash: Int) -> Bool {
        let slot = Int(UInt(bitPattern: hash) % UInt(hashes.count))
        defer { hashes[slot] = hash }
        return hashes[slot] == hash
    }
}
