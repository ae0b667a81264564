private import Caching

/// The number of distinct objects or lists, recently requested one by one, that one list would have covered.
///
/// Later requests of clients are unknown. Once as many objects have been requested as the list has pages, the pages cost no more than
/// the calls so far, and objects requested next are probably on them.
struct RecentDemand: Sendable {
    /// The time for which requests count.
    static let lasts = Duration.seconds(60)
    /// The largest number that is counted: a list of more pages is not worth reading.
    static let maximum = 128

    private var since: ContinuousClock.Instant
    /// The hashes of the requested names, and whether the list is known to contain them.
    private var names: [Int: Bool] = [:]

    /// The bytes that it takes up outside of itself: a hash table has at most twice as many slots as names, and some bits.
    var allocatedBytes: Int {
        names.isEmpty
            ? 0
            : AllocatedBytes.block(64 + names.capacity * 2 * (MemoryLayout<Int>.stride + MemoryLayout<Bool>.stride + 1))
    }

    /// Begins to count at an instant.
    init(at instant: ContinuousClock.Instant) {
        since = instant
    }

    /// Counts a requested object or list, by the hash of its name.
    ///
    /// - Parameters:
    ///   - name: the hash.
    ///   - isCertain: whether the list is known to contain it.
    ///   - instant: the time.
    mutating func note(_ name: Int, isCertain: Bool, at instant: ContinuousClock.Instant) {
        if instant - since > Self.lasts { self = RecentDemand(at: instant) }
        if names[name] != nil || names.count < Self.maximum { names[name] = isCertain || names[name] ?? false }
    }

    /// Removes an object that the list does not contain.
    mutating func forget(_ name: Int) { names[name] = nil }

    /// The number of recent requests, apart from some; names that the list may not contain count half.
    func count(at instant: ContinuousClock.Instant, without others: [Int]) -> Int {
        guard instant - since <= Self.lasts else { return 0 }
        var (certain, others) = (0, Set(others))
        others.formIntersection(names.keys)
        for (name, isCertain) in names where isCertain && !others.contains(name) { certain += 1 }
        let uncertain = names.count - others.count - certain
        return certain + (uncertain + 1) / 2
    }
}
