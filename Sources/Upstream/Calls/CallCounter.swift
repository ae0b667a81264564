/// How many calls were made in a time that the first of them began, of which only so many may be made.
struct CallCounter: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// When the time ends.
    enum Ending: Sendable {
        /// So long after the first call.
        case afterFirst(Duration)
        /// So long after the last call: each one makes the time last longer.
        case afterLast(Duration)
    }

    /// The most calls of the time.
    let limit: Int
    private let ending: Ending
    /// How many calls were made.
    private(set) var calls = 0
    /// When the time ends; nil: it has not begun.
    private var end: Instant?

    init(limit: Int, _ ending: Ending) {
        self.limit = limit
        self.ending = ending
    }

    /// The calls that are left.
    mutating func remaining(at now: Instant) -> Int {
        roll(to: now)
        return max(0, limit - calls)
    }

    /// Counts a call that is about to be begun; false if that is one too many.
    mutating func begin(at now: Instant) -> Bool {
        roll(to: now)
        guard calls < limit else { return false }
        calls += 1
        switch ending {
        case .afterFirst(let duration): end = end ?? now + duration
        case .afterLast(let duration): end = now + duration
        }
        return true
    }

    /// Takes back a call that is not made after all.
    mutating func refund() { calls = max(0, calls - 1) }

    /// The whole seconds until the time ends.
    func secondsLeft(at now: Instant) -> Int {
        let left: Duration =
            switch ending {
            case .afterFirst(let duration), .afterLast(let duration): end.map { $0 - now } ?? duration
            }
        return max(1, left.wholeSeconds)
    }

    private mutating func roll(to now: Instant) {
        guard let end, now >= end else { return }
        (calls, self.end) = (0, nil)
    }
}
