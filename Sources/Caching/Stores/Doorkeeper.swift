/// Distinguishes keys that are requested again from keys requested once, so that only the former enter a cache.
///
/// It remembers hashes in a small table: of the hashes that share a pair of slots, the last two.
package struct Doorkeeper: Sendable {
    /// Pairs of hashes, in each of which the last seen one comes first.
    private var hashes: [Int]

    /// Makes a doorkeeper that remembers about `capacity` hashes of 8 bytes each.
    package init(capacity: Int = 1024) {
        hashes = Array(repeating: 0, count: max(2, capacity / 2 * 2))
    }

    /// Whether a hash has been seen recently; marks it as seen.
    package mutating func hasSeen(_ hash: Int) -> Bool {
        let pair = Int(UInt(bitPattern: hash) % UInt(hashes.count / 2)) * 2
        if hashes[pair] == hash { return true }
        let wasSeen = hashes[pair + 1] == hash
        hashes[pair + 1] = hashes[pair]
        hashes[pair] = hash
        return wasSeen
    }
}
