/// Stops calls to a group (an object, a route, an upstream) for a while after the group has failed repeatedly.
///
/// A value without a clock: the caller passes the time to every function. Failures are counted by member of the group, which a hash
/// identifies; the group has failed only if several of its members have, or if no member could be reached.
package struct CircuitBreaker: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private enum State: Sendable {
        /// Calls are made. Valid transitions are to `open`.
        case closed
        /// Until that time, only members that have not failed are called. Valid transitions are to `probing`, and to `closed` when a
        /// probe succeeds after an earlier call has failed.
        case open(until: Instant, wasProbed: Bool)
        /// One call is on its way; its outcome decides. Valid transitions are to `closed` and `open`.
        case probing(since: Instant)
    }

    /// The health of a member that is about to be called.
    package enum MemberHealth: Sendable {
        /// It has not failed lately: it may probe before the pause is over, unless another such member has just probed in vain.
        case unaffected
        /// It has failed lately, as other members of the group have.
        case affected
        /// It has a breaker of its own that is not closed: its failure does not count against the group.
        case failing
    }

    /// The number of consecutive failures that open the breaker.
    private static let threshold = 8
    /// The number of calls within `samplingTime` from which on their share of failures counts.
    private static let sampleSize = 20
    private static let samplingTime = Duration.seconds(10)
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)
    /// A probe that has no response after this time is assumed to be lost.
    private static let probeTime = Duration.seconds(10)

    /// Consecutive failures.
    private struct Run: Sendable {
        var failures = 0
        var unreachable = 0
        var members: Set<Int> = []
    }

    /// The calls since the failure that began the sample; the failures of one member count once, unless one member is enough.
    private struct Sample: Sendable {
        let start: Instant
        var successes = 0
        var failures = 0
        var members: Set<Int> = []
    }

    private let minimumMembers: Int
    private var state = State.closed
    private var run = Run()
    private var sample: Sample?
    private var pause = firstPause
    /// Whether the breaker opened because no member could be reached, so that every member is affected.
    private var isUnreachable = false
    /// The earliest time at which an unaffected member may probe again; set after such a member has probed in vain.
    private var nextUnaffectedProbe: Instant?

    /// Makes a breaker for a group that has failed if at least `minimumMembers` of its members have.
    package init(minimumMembers: Int = 1) {
        self.minimumMembers = minimumMembers
    }

    /// The time for which members that have failed are not called; nil: calls are made, or one probes.
    package func pause(at now: Instant) -> Duration? {
        if case .open(let until, _) = state { max(.zero, until - now) } else { nil }
    }

    /// Whether calls are made without restriction.
    package var isClosed: Bool { if case .closed = state { true } else { false } }

    /// Whether one call is in flight that probes whether the group works again.
    package var isProbing: Bool { if case .probing = state { true } else { false } }

    /// The time after which a call may be made; nil if it may be made now, as a probe if the breaker is not closed.
    package mutating func refusal(at now: Instant, memberHealth: MemberHealth = .affected) -> Duration? {
        switch state {
        case .closed:
            return nil
        case .open(let until, _):
            let opening: Instant
            switch memberHealth {
            case .unaffected: opening = isUnreachable ? until : min(until, nextUnaffectedProbe ?? now)
            case .affected: opening = until
            // Others have had their chance to probe by then.
            case .failing: opening = until + pause
            }
            guard now >= opening else { return opening - now }
            state = .probing(since: now)
            return nil
        case .probing(let since):
            guard now < since + Self.probeTime else {
                state = .probing(since: now)
                return nil
            }
            return Self.firstPause
        }
    }

    /// Records a call whose outcome shows nothing about the group: if it was a probe, another call may probe.
    package mutating func recordInconclusive(at now: Instant) {
        if isProbing { state = .open(until: now, wasProbed: true) }
    }

    /// Records a response that shows that the group works, whatever its status.
    package mutating func recordSuccess() {
        switch state {
        case .closed:
            run = Run()
            sample?.successes += 1
        case .open(_, wasProbed: false):
            // The call was sent before the breaker opened.
            break
        case .open(_, wasProbed: true), .probing:
            self = CircuitBreaker(minimumMembers: minimumMembers)
        }
    }

    /// Records a call that failed.
    ///
    /// - Parameters:
    ///   - now: the time.
    ///   - member: the hash of what was called; nil if nothing of the group could be reached.
    ///   - memberHealth: what was known of the member before.
    package mutating func recordFailure(at now: Instant, member: Int? = nil, memberHealth: MemberHealth = .affected) {
        switch state {
        case .closed:
            count(member)
            let isOutage = run.failures >= Self.threshold && run.members.count >= minimumMembers
            let cannotBeReached = run.unreachable >= Self.threshold
            guard isOutage || cannotBeReached || isMostlyFailing(at: now, member) else { return }
            isUnreachable = cannotBeReached
            state = .open(until: now + pause, wasProbed: false)
        case .probing:
            if case .failing = memberHealth { return recordInconclusive(at: now) }
            if case .unaffected = memberHealth { nextUnaffectedProbe = now + Self.firstPause }
            pause = min(pause * 2, Self.longestPause)
            state = .open(until: now + pause, wasProbed: true)
        case .open:
            break
        }
    }

    /// Keeps the breaker open for a time that the upstream asks for.
    package mutating func extendPause(until end: Instant) {
        if case .open(let until, let wasProbed) = state, until < end {
            state = .open(until: end, wasProbed: wasProbed)
        }
    }

    private mutating func count(_ member: Int?) {
        run.failures += 1
        guard let member else {
            run.unreachable += 1
            return
        }
        if run.members.count < minimumMembers { run.members.insert(member) }
    }

    /// Counts a failure in the sample; returns whether the sample is large enough and more than half of its calls have failed.
    private mutating func isMostlyFailing(at now: Instant, _ member: Int?) -> Bool {
        var current = sample ?? Sample(start: now)
        if now >= current.start + Self.samplingTime { current = Sample(start: now) }
        if minimumMembers == 1 || member == nil || current.members.count < Self.sampleSize {
            let isNew = member.map { current.members.insert($0).inserted } ?? true
            if isNew || minimumMembers == 1 { current.failures += 1 }
        }
        sample = current
        let calls = current.successes + current.failures
        return calls >= Self.sampleSize && current.failures * 2 > calls
    }
}
