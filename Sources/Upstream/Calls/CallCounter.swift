/// Counts calls against a limit, in a period that begins with its first call.
struct CallCounter: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The rule for the end of a period.
    enum Ending: Sendable {
        /// The period ends this long after its first call.
        case afterFirst(Duration)
        /// The period ends this long after its last call: each call extends it.
        case afterLast(Duration)
    }

    /// The most calls of a period.
    let limit: Int
    private let ending: Ending
    /// The number of calls in the present period.
    private(set) var calls = 0
    /// The time at which the period ends; nil: it has not begun.
    private var end: Instant?

    init(limit: Int, _ ending: Ending) {
        self.limit = limit
        self.ending = ending
    }

    /// The number of calls that are left in the period.
    mutating func remaining(at now: Instant) -> Int {
        roll(to: now)
        return max(0, limit - calls)
    }

    /// Counts a call that is about to be begun; returns false if it would exceed the limit.
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

    /// Takes back a call that was counted but not made.
    mutating func refund() { calls = max(0, calls - 1) }

    /// The whole seconds until the period ends, at least 1.
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
