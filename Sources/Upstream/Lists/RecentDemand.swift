private import Caching

/// How many different things were asked for lately that one list would have brought.
///
/// What clients ask for one after another is not known beforehand. Once as many have been asked for as the list has
/// pages, the pages cost no more than what was spent already, and the next ones are likely to be among them.
struct RecentDemand: Sendable {
    /// As long as this, what was asked for counts.
    static let lasts = Duration.seconds(60)
    /// More are not counted: a list of more pages is not worth it.
    static let maximum = 128

    private var since: ContinuousClock.Instant
    /// The hashes of their names, and whether the list is known to have them.
    private var names: [Int: Bool] = [:]

    /// The memory that it takes up outside of itself: a hash table has twice as many places as names at most, and some bits.
    var allocatedBytes: Int {
        names.isEmpty
            ? 0
            : AllocatedBytes.block(64 + names.capacity * 2 * (MemoryLayout<Int>.stride + MemoryLayout<Bool>.stride + 1))
    }

    /// Begins to count at an instant.
    init(at instant: ContinuousClock.Instant) {
        since = instant
    }

    /// Notes something that is asked for, by the hash of its name.
    ///
    /// - Parameters:
    ///   - name: the hash.
    ///   - isCertain: whether the list is known to have it.
    ///   - instant: the time.
    mutating func note(_ name: Int, isCertain: Bool, at instant: ContinuousClock.Instant) {
        if instant - since > Self.lasts { self = RecentDemand(at: instant) }
        if names[name] != nil || names.count < Self.maximum { names[name] = isCertain || names[name] ?? false }
    }

    /// Forgets something that the list does not have.
    mutating func forget(_ name: Int) { names[name] = nil }

    /// How many were asked for lately, apart from some; of those that the list may not have only half count.
    func count(at instant: ContinuousClock.Instant, without others: [Int]) -> Int {
        guard instant - since <= Self.lasts else { return 0 }
        var (certain, others) = (0, Set(others))
        others.formIntersection(names.keys)
        for (name, isCertain) in names where isCertain && !others.contains(name) { certain += 1 }
        let uncertain = names.count - others.count - certain
        return certain + (uncertain + 1) / 2
    }
}
