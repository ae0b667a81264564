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
    private var names: Set<Int> = []

    /// Begins to count at an instant.
    init(at instant: ContinuousClock.Instant) {
        since = instant
    }

    /// Notes something that is asked for, by the hash of its name.
    mutating func note(_ name: Int, at instant: ContinuousClock.Instant) {
        if instant - since > Self.lasts { self = RecentDemand(at: instant) }
        if names.count < Self.maximum { names.insert(name) }
    }

    /// Forgets something that the list does not have.
    mutating func forget(_ name: Int) { names.remove(name) }

    /// How many were asked for lately, apart from some.
    func count(at instant: ContinuousClock.Instant, without others: [Int]) -> Int {
        guard instant - since <= Self.lasts else { return 0 }
        return names.count - others.count { names.contains($0) }
    }
}
