/// The calls of one kind that a key has made in the current window, and how many it may make.
///
/// A value without a clock: every function takes the time. Where the upstream states when its window ends, the calls fit
/// that window. Where it does not, no minute whatever holds more calls than the limit, so that they fit a window that
/// begins at any time.
package struct BudgetWindow: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// The upstream's window, as its responses describe it.
    private struct KnownWindow: Sendable {
        /// The earliest end that a response has stated; the true end is not later.
        var end: Instant
        /// The calls that this gateway has made in the window.
        var own: Int
        /// The gateway's calls that have received a response in the window: they count in no other window.
        var confirmed: Int
        /// All calls in the window: the gateway's, and those of other clients that the responses reveal.
        var used: Int
    }

    /// The length of a window.
    static let length = Duration.seconds(60)
    /// An upper bound of the calls of a window, against overflow.
    private static let mostCalls = 1_000_000_000
    /// A refresh leaves this share of the limit to calls that someone waits for.
    static let reservedShare = 0.3
    /// Responses describe one window if the ends that they state differ by less: they round, and may be slow.
    private static let doubt = Duration.seconds(10)
    /// The time for which contradictory statements and rejected paths are remembered.
    private static let memory = Duration.seconds(300)
    /// If more brief pauses than this come in a row, a rejection shows the limit.
    private static let briefPausesOfBursts = 3
    /// Rejections of fewer distinct paths show that these paths are limited, not that the key's limit is exhausted.
    private static let fewestRejectedPaths = 3
    /// After this time without a response, a call has reached the upstream or never will.
    private static let longestFlight = Duration.seconds(30)

    private var reported: Int?
    /// Whether the upstream itself has stated the limit: then no refusal shows another one.
    private var isStated = false
    private var learned = LearnedLimit()
    private var known: KnownWindow?
    private var log = CallLog()
    /// Calls without a response when the last window ended: their responses may still describe that window.
    private var stragglers = 0
    private var lastRemaining: Int?
    /// Whether a response has been learned from.
    private var hasLearned = false
    /// Whether a known window has ended.
    private var hasEnded = false
    private var pausedUntil: Instant?
    /// The pauses, each too short for the rest of a window, that came in a row: no call was accepted between them.
    private var briefPauses = 0
    /// The time at which the first of these pauses began.
    private var briefPausesBegan: Instant?
    /// The time at which the last of these pauses began.
    private var briefPauseBegan: Instant?
    /// The paths that were rejected last, and when.
    private var rejectedPaths: [(path: Int, at: Instant)] = []
    /// Until when the stated end of the window is not believed.
    private var doubtedUntil: Instant?

    package init(limit: Int?) {
        reported = limit
    }

    /// The calls that a window may hold, if that is known.
    package var limit: Int? {
        guard !isStated, let learned = learned.limit else { return reported }
        return min(learned, reported ?? .max)
    }

    /// The time until which calls pause, or else the end of the known window; nil if neither is known.
    package var knownEnd: Instant? { pausedUntil ?? known?.end }

    /// The time at which the current window ends; nil: the upstream does not state when its windows end.
    ///
    /// Before the first response in a window, the window is assumed to have just begun.
    func expectedEnd(at now: Instant) -> Instant? {
        if let known, now < known.end { return known.end }
        return doubtedUntil == nil && (known != nil || hasEnded || !hasLearned) ? now + Self.length : nil
    }

    /// The most by which callers' demand in the next seconds may exceed the calls that become free meanwhile.
    ///
    /// It is for windows whose end is not known.
    func shortfall(at now: Instant, ofDemand demand: (Double) -> Double) -> Double {
        log.shortfall(at: now, ofDemand: demand)
    }

    // MARK: - Spending

    /// The number of calls that may be made now.
    package mutating func available(at now: Instant, priority: CallPriority = .interactive) -> Int {
        roll(to: now)
        guard pausedUntil == nil else { return 0 }
        guard let limit else { return .max }
        let reserve = priority == .refresh ? Int(Double(limit) * Self.reservedShare) : 0
        return max(0, limit - reserve - (known?.used ?? log.count))
    }

    /// Counts calls that are about to be made.
    package mutating func spend(_ count: Int, at now: Instant) {
        roll(to: now)
        known?.own += count
        known?.used += count
        log.add(count, at: now)
    }

    /// Takes back a call that was counted but not made.
    package mutating func refund() {
        if let known {
            guard known.own > known.confirmed else { return }
            self.known?.own -= 1
            self.known?.used -= 1
        }
        log.removeOne()
    }

    /// The earliest time by which that many calls can have been made if no other client makes any; `now` if they can be made at once.
    package mutating func opens(at now: Instant, forCalls calls: Int = 1) -> Instant {
        roll(to: now)
        let start = pausedUntil ?? now
        guard let limit else { return start }
        guard limit > 0 else { return start + Self.length }
        if let known {
            let free = max(0, limit - known.used)
            guard calls > free else { return start }
            return max(start, known.end + Self.length * ((calls - free - 1) / limit))
        }
        let later = CallLog.span * ((calls - 1) / limit)
        let excess = (calls - 1) % limit + 1 - (limit - log.count)
        guard excess > 0, let opening = log.forgets(excess) else { return start + later }
        return max(start, opening + later)
    }

    /// The rest of the budget, as clients see it.
    package mutating func remaining(at now: Instant) -> Int? {
        limit == nil ? nil : available(at: now)
    }

    // MARK: - Learning

    /// Learns from a response: the calls that a window may hold, those that are left, and the time until it ends.
    ///
    /// Each may be missing; the time is negative if the window has ended.
    ///
    /// - Parameters:
    ///   - reported: the calls that a window may hold.
    ///   - remaining: those that are left.
    ///   - reset: the time until the window ends.
    ///   - isRejection: whether the response is a 429.
    ///   - now: the time.
    package mutating func learn(
        limit reported: Int?,
        remaining: Int?,
        reset: Duration?,
        isRejection: Bool = false,
        at now: Instant
    ) {
        roll(to: now)
        hasLearned = true
        // While a pause lasts, only calls that were sent before it are accepted.
        if !isRejection, pausedUntil == nil { briefPauses = 0 }
        guard let reported = reported.map({ min($0, Self.mostCalls) }), reported > 0 else {
            // How many calls the next window holds shows then.
            if !isRejection, let remaining, remaining <= 0, let reset, reset > .zero {
                pause(for: reset + .seconds(1), at: now)
            }
            return
        }
        self.reported = reported
        isStated = true
        lastRemaining = remaining
        // At least the call of this response is used: an upstream that says otherwise counts nothing, so nothing is learned.
        if let remaining, remaining >= reported { return }
        let used = remaining.map { reported - max(0, $0) } ?? 0
        guard let reset, reset <= Self.length * 2, doubtedUntil == nil else { return countOthers(used, at: now) }
        // A second more than stated, as whole seconds are rounded.
        let end = now + reset + .seconds(1)
        guard end > now else { return }
        if known == nil, stragglers > 0, reset < Self.doubt {
            stragglers -= 1
            // Its call counted in the window that has ended, and in no other.
            log.removeOne()
            return
        }
        learn(end: end, used: used, at: now)
    }

    /// Blocks all calls for a duration, because the upstream stated that the limit is exhausted.
    ///
    /// If the upstream rejected one of these calls, that teaches the limit where the upstream does not state it.
    ///
    /// - Parameters:
    ///   - duration: how long.
    ///   - rejected: the refused call, if it was one of these.
    ///   - now: the time.
    package mutating func pause(for duration: Duration, rejected: RejectedCall? = nil, at now: Instant) {
        roll(to: now)
        if let rejected, !rejected.isBurst, !isStated, lastRemaining != 0, showsLimit(rejected, duration, at: now) {
            // The calls of a row of brief pauses were rejected but for those before the first.
            let made = (known?.own ?? log.count) - max(0, briefPauses - 1)
            learned.learn(made: made, isFirst: pausedUntil == nil, at: now)
        }
        guard duration > .zero else { return }
        let until = now + min(duration, .seconds(3600))
        pausedUntil = max(pausedUntil ?? until, until)
    }

    /// Whether a rejection shows that the window's limit is used up.
    ///
    /// An upstream that wants short pauses may be guarding itself against bursts, or reject calls at random. If it also
    /// rejects what is sent after such pauses, and accepts nothing in between, it is the limit. Rejections of one path alone
    /// never show it, as that path may have a limit of its own.
    private mutating func showsLimit(_ rejected: RejectedCall, _ duration: Duration, at now: Instant) -> Bool {
        rejectedPaths.removeAll { $0.path == rejected.path || now >= $0.at + Self.memory }
        if let path = rejected.path { rejectedPaths.append((path, now)) }
        if rejectedPaths.count > Self.fewestRejectedPaths { rejectedPaths.removeFirst() }
        guard duration < Self.doubt else { return isAboutKey(rejected, since: now - Self.memory) }
        // A call that was on its way when the first was rejected adds no information.
        guard pausedUntil == nil else { return false }
        if let briefPauseBegan, now >= briefPauseBegan + Self.length { briefPauses = 0 }
        if briefPauses == 0 { briefPausesBegan = now }
        briefPauses += 1
        briefPauseBegan = now
        return briefPauses > Self.briefPausesOfBursts && isAboutKey(rejected, since: briefPausesBegan ?? now)
    }

    /// Whether enough paths have been rejected for the limit of the whole key to be the likely reason.
    private func isAboutKey(_ rejected: RejectedCall, since start: Instant) -> Bool {
        rejected.path == nil || rejectedPaths.count { $0.at >= start } >= Self.fewestRejectedPaths
    }

    private mutating func learn(end: Instant, used: Int, at now: Instant) {
        if let known {
            if end + Self.doubt < known.end { return }
            if end <= known.end + Self.doubt {
                // No response states an end before the true one: the earliest that was stated is the best.
                self.known?.end = min(known.end, end)
                self.known?.used = max(known.used, used)
                self.known?.confirmed += 1
                return
            }
            guard now + Self.doubt >= known.end else {
                // The window ends later than it was said to: these are no fixed windows.
                self.known = nil
                doubtedUntil = now + Self.memory
                return countOthers(used, at: now)
            }
            endWindow(known)
        }
        known = KnownWindow(end: end, own: log.count, confirmed: 1, used: max(log.count, used))
    }

    /// Counts calls that others have made.
    private mutating func countOthers(_ used: Int, at now: Instant) {
        if let known {
            self.known?.used = max(known.used, used)
        } else {
            log.add(used - log.count, at: now)
        }
    }

    private mutating func roll(to now: Instant) {
        if let known, now >= known.end { endWindow(known) }
        if let pausedUntil, now >= pausedUntil { self.pausedUntil = nil }
        if let doubtedUntil, now >= doubtedUntil { self.doubtedUntil = nil }
        learned.roll(to: now)
        log.forget(at: now)
    }

    /// Begins anew; calls without a response may have arrived after the window's end, and count in the next.
    private mutating func endWindow(_ ended: KnownWindow) {
        log.keepLast(max(0, ended.own - ended.confirmed), since: ended.end - Self.longestFlight)
        stragglers = log.count
        known = nil
        hasEnded = true
    }
}
