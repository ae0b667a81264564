/// The calls of the last minute, oldest first.
///
/// Calls that are made within a fraction of a second are counted together, so that the log stays small however many
/// there are.
struct CallLog: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Burst: Sendable {
        let start: Instant
        var count: Int
    }

    /// The time for which a call is remembered: a minute, a second because upstreams round a window's end up, and a second
    /// because one call may take longer to arrive than another.
    static let span = Duration.seconds(62)
    /// Calls within this time are counted as if they were made at the same time.
    static let grain = Duration.milliseconds(250)
    /// To compute a shortfall, calls within this time are assumed to be forgotten together.
    private static let group = Duration.seconds(2)

    private var bursts: ArraySlice<Burst> = []
    /// The number of calls.
    private(set) var count = 0

    /// Adds calls.
    mutating func add(_ added: Int, at now: Instant) {
        guard added > 0 else { return }
        count += added
        if let last = bursts.last, now < last.start + Self.grain {
            // Callers read the clock before they take the lock: one may come with an older time than the last.
            bursts[bursts.endIndex - 1].count += added
        } else {
            bursts.append(Burst(start: now, count: added))
        }
    }

    /// Removes a call that was not made.
    ///
    /// Which one it was is not known. Without the oldest, no later time counts fewer calls than there were.
    mutating func removeOne() {
        guard let first = bursts.first else { return }
        count -= 1
        if first.count > 1 { bursts[bursts.startIndex].count -= 1 } else { bursts.removeFirst() }
    }

    /// Forgets the calls that are older than `span`.
    mutating func forget(at now: Instant) {
        while let first = bursts.first, first.start + Self.span <= now {
            count -= first.count
            bursts.removeFirst()
        }
    }

    /// Forgets all calls but the `cached` latest ones; of these too, those made before a time.
    mutating func keepLast(_ cached: Int, since start: Instant) {
        var rest = cached
        var latest: [Burst] = []
        for burst in bursts.reversed() {
            guard rest > 0, burst.start + Self.grain > start else { break }
            latest.append(Burst(start: burst.start, count: min(rest, burst.count)))
            rest -= min(rest, burst.count)
        }
        bursts = ArraySlice(latest.reversed())
        count = cached - rest
    }

    /// The time at which that many of the oldest calls will have been forgotten; nil: fewer calls are remembered.
    func forgets(_ calls: Int) -> Instant? {
        var rest = calls
        for burst in bursts {
            rest -= burst.count
            if rest <= 0 { return burst.start + Self.span }
        }
        return nil
    }

    /// The most by which a demand exceeds the calls that have been forgotten by then, at any time in the next minute.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - demand: the calls that are demanded within a number of seconds from now; it never falls as the seconds grow.
    /// - Returns: a number of calls; zero if there are always enough.
    func shortfall(at now: Instant, ofDemand demand: (Double) -> Double) -> Double {
        var (most, forgotten, ending) = (0.0, 0, 0)
        var firstOfGroup: Instant?
        for burst in bursts {
            // PERF: calls within two seconds are taken to be forgotten together, with the last of them.
            if let first = firstOfGroup, burst.start >= first + Self.group {
                let seconds = max(.zero, first + Self.group + Self.span - now) / .seconds(1)
                most = max(most, demand(seconds) - Double(forgotten))
                forgotten += ending
                (ending, firstOfGroup) = (0, nil)
            }
            firstOfGroup = firstOfGroup ?? burst.start
            ending += burst.count
        }
        return max(most, demand(Self.span / .seconds(1)) - Double(forgotten))
    }
}
