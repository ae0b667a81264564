/// How many calls there were in each part of the last minute.
///
/// It takes up the same little memory however many calls there are.
struct CallTally: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The length of a part.
    static let grain = Duration.seconds(2)
    /// As many parts as there are in the time for which a call counts in a window.
    private static let parts = 31

    /// The counts, that of the latest part first.
    private var counts: ArraySlice<Int32> = []
    /// When the latest part began.
    private var start: Instant?

    /// Adds calls.
    mutating func add(_ added: Int, at now: Instant) {
        roll(to: now)
        if start == nil {
            start = now
            counts = [0]
        }
        counts[counts.startIndex] &+= Int32(clamping: added)
    }

    /// How many calls there were in the parts that began at a time or later.
    func count(since time: Instant) -> Int {
        guard var began = start else { return 0 }
        var sum = 0
        for count in counts {
            if began < time { break }
            sum += Int(count)
            began -= Self.grain
        }
        return sum
    }

    /// How many calls are remembered.
    func count(at now: Instant) -> Int { count(since: now - Self.grain * Self.parts) }

    private mutating func roll(to now: Instant) {
        guard let began = start, now >= began + Self.grain else { return }
        let passed = Int((now - began) / Self.grain)
        guard passed < Self.parts else {
            (counts, start) = ([], nil)
            return
        }
        start = began + Self.grain * passed
        counts = ArraySlice([Int32](repeating: 0, count: passed) + counts.prefix(Self.parts - passed))
    }
}
