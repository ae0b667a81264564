/// The calls of one window that are held back for lanes from lower lanes.
///
/// For each lane that was used lately it is what the lane has not used of its share, or what it will probably use until the
/// window ends, if that is more. Both shrink toward the window's end: what is not used is lent, and all of it is used in the
/// end. Of a window whose end is not known, it is what the lanes will probably use beyond the calls that become free meanwhile.
struct LaneReserves: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The use of one lane.
    private struct Use: Sendable {
        var lane: BudgetLane
        var calls = CallTally()
        var last: Instant
    }

    // The numbers below are choices. `LaneTests` shows what follows of them: which calls a lane of a higher
    // priority is refused, and how much of a window stays unused.

    /// After this time without use, less is held back for a lane: one window, whose calls show what the lane needs.
    private static let attention = Duration.seconds(60)
    /// After this time without use, nothing is held back for a lane: five windows, so that a client that pauses finds its share again.
    static let memory = Duration.seconds(300)
    /// The last part of the window in which a lane's unused share is lent: a quarter, in which other lanes can still use it.
    private static let lending = 0.25
    /// The largest part of a share that is held back where no window's end is known: such calls are never lent.
    private static let lasting = 0.1
    /// The number of standard deviations by which the expected calls may exceed their mean: with three, calls that come by chance exceed
    /// it in about one window of a thousand.
    private static let deviations = 3.0
    /// The number of operations that may come together, even in the last second of a window.
    private static let operations = 1.0
    /// The number of operations that may come together where no window's end is known: their calls become free again one by one.
    private static let lastingOperations = 3.0

    private var uses: [Use] = []

    /// Records that a lane has made calls, or wants to make one.
    mutating func note(_ calls: Int, of lane: BudgetLane, at now: Instant) {
        guard lane.name != BudgetLane.none.name else { return }
        let index = uses.firstIndex { $0.lane.name == lane.name } ?? uses.endIndex
        if index == uses.endIndex { uses.append(Use(lane: lane, last: now)) }
        uses[index].lane = lane
        uses[index].last = max(uses[index].last, now)
        if calls > 0 { uses[index].calls.add(calls, at: now) }
    }

    /// Takes back a call of a lane that was counted but not made.
    mutating func refund(_ lane: BudgetLane) {
        guard let index = uses.firstIndex(where: { $0.lane.name == lane.name }) else { return }
        uses[index].calls.removeLast()
    }

    /// Whether anything may be held back from calls of an urgency.
    func concerns(_ urgency: CallUrgency) -> Bool { uses.contains { urgency.yields(to: $0.lane) } }

    /// The number of calls of a window that are held back from calls of an urgency.
    ///
    /// - Parameters:
    ///   - urgency: the urgency.
    ///   - limit: the calls that the window may hold.
    ///   - window: the window.
    ///   - end: when it ends; nil: that is not known.
    ///   - now: the time; a later one shows what will be held back then if no more calls are made.
    /// - Returns: the number of calls.
    func held(
        from urgency: CallUrgency,
        limit: Int,
        of window: BudgetWindow,
        endingAt end: Instant?,
        at now: Instant
    ) -> Int {
        let seconds = end.map { max(0, ($0 - now) / .seconds(1)) }
        var held = 0.0
        var rates: [CallRate] = []
        for use in uses where urgency.yields(to: use.lane) {
            let activity = Self.activity(of: use, at: now)
            guard activity > 0 else { continue }
            let rate = use.calls.rate(at: now) * activity
            let share = Double(limit * use.lane.share) / 100
            let unused = Self.unused(of: share, use, windowEndingAt: end, at: now) * activity
            // Each lane has its own: those between two lanes have some held back from them as well.
            held += max(unused, seconds.map { Self.probableCalls(of: rate, seconds: $0, Self.operations) } ?? 0)
            if seconds == nil { rates.append(rate) }
        }
        guard seconds == nil else { return Int(held) }
        let shortfall = window.shortfall(at: now) { seconds in
            rates.reduce(0) { $0 + Self.probableCalls(of: $1, seconds: seconds, Self.lastingOperations) }
        }
        return Int(max(held, shortfall))
    }

    /// The number of calls that each lane has made in the last minute, the lane with the highest priority first.
    func calls(at now: Instant) -> [(lane: BudgetLane, calls: Int)] {
        uses.map { ($0.lane, $0.calls.count(at: now)) }.sorted {
            ($0.0.priority, $1.0.name) > ($1.0.priority, $0.0.name)
        }
    }

    /// The calls of a lane's share that are neither used nor lent.
    private static func unused(
        of share: Double,
        _ use: Use,
        windowEndingAt end: Instant?,
        at now: Instant
    ) -> Double {
        guard let end else { return min(max(0, share - Double(use.calls.count(at: now))), share * lasting) }
        // A window ends up to two seconds before it is taken to.
        let start = end - BudgetWindow.length - .seconds(2)
        let left = max(0, min(1, (end - now) / BudgetWindow.length))
        return max(0, share - Double(use.calls.count(since: start))) * min(1, left / lending)
    }

    private static func probableCalls(of rate: CallRate, seconds: Double, _ operations: Double) -> Double {
        rate.probableCalls(seconds: seconds, deviations: deviations, operations: operations)
    }

    /// The factor of what is held back for a lane: 1 while it is in use, falling to 0 after `memory` without use.
    private static func activity(of use: Use, at now: Instant) -> Double {
        max(0, min(1, (memory - (now - use.last)) / (memory - attention)))
    }
}
