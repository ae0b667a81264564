/// The number of calls in each two-second part of the last five minutes.
///
/// Its memory does not grow with the number of calls.
struct CallTally: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The length of a part.
    static let grain = Duration.seconds(2)
    /// The number of parts that are remembered.
    private static let parts = 150
    /// The number of parts in the time for which a call counts in a window.
    private static let partsOfMinute = 31
    /// The shortest time by which calls are divided for a rate: a few calls in the beginning are no high rate.
    private static let shortestMeasurement = Duration.seconds(60)

    /// From this dispersion on, which is the number of calls of a typical operation, an operation is large.
    private static let largeOperation = 20.0
    /// Above this number of large operations, the rate counts; below it, one operation made nearly all calls.
    private static let fewestOperations = 1.25

    /// The counts, that of the latest part first.
    private var counts: ArraySlice<Int32> = []
    /// The time at which the latest part began.
    private var start: Instant?
    /// The time at which calls were first counted.
    private var first: Instant?
    private var sum = 0
    /// The sum of the squares of the counts.
    private var squares = 0

    /// Adds calls.
    mutating func add(_ added: Int, at now: Instant) {
        roll(to: now)
        if start == nil {
            (start, first) = (now, now)
            counts = [0]
        }
        let old = Int(counts[counts.startIndex])
        let new = Int(Int32(clamping: old + added))
        counts[counts.startIndex] = Int32(new)
        sum += new - old
        squares += new * new - old * old
    }

    /// Takes back the call that was added last.
    mutating func removeLast() {
        guard let index = counts.firstIndex(where: { $0 > 0 }) else { return }
        let old = Int(counts[index])
        counts[index] -= 1
        sum -= 1
        squares -= 2 * old - 1
    }

    /// The number of calls in the parts that began at a time or later.
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

    /// The number of calls in the last minute.
    func count(at now: Instant) -> Int { count(since: now - Self.grain * Self.partsOfMinute) }

    /// The expected rate of calls: that of the last five minutes or that of the last one, whichever is higher.
    ///
    /// The measured number is a random sample, so the mean of the last minutes is assumed to be one standard deviation higher. Where
    /// nearly all calls came from one large operation, nothing shows that others follow: no calls are expected.
    func rate(at now: Instant) -> CallRate {
        guard sum > 0, let first else { return CallRate() }
        let measured = max(Self.shortestMeasurement, min(Self.grain * Self.parts, now - first))
        let (calls, parts) = (Double(sum), measured / Self.grain)
        let dispersion = max(1, (Double(squares) - calls * calls / parts) / calls)
        guard dispersion < Self.largeOperation || calls / dispersion > Self.fewestOperations else { return CallRate() }
        let mean = max(
            (calls + (calls * dispersion).squareRoot()) / (measured / .seconds(1)),
            Double(count(at: now)) / (Self.grain * Self.partsOfMinute / .seconds(1))
        )
        return CallRate(mean: mean, variance: mean * dispersion, most: calls)
    }

    private mutating func roll(to now: Instant) {
        guard let began = start, now >= began + Self.grain else { return }
        let passed = Int((now - began) / Self.grain)
        guard passed < Self.parts else {
            self = CallTally()
            return
        }
        start = began + Self.grain * passed
        let rest = counts.prefix(Self.parts - passed)
        for count in counts.dropFirst(rest.count) {
            sum -= Int(count)
            squares -= Int(count) * Int(count)
        }
        counts = ArraySlice([Int32](repeating: 0, count: passed) + rest)
    }
}
