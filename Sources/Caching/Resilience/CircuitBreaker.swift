/// Stops calls to a group of things for a while after it has failed again and again: an object, a route, an upstream.
///
/// A value without a clock: every function is given the time. What fails is a member of the group, known by a hash; the
/// group has failed only if several of its members did, or if nothing of it could be reached.
package struct CircuitBreaker: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private enum State: Sendable {
        /// Calls are made. Valid transitions are to `open`.
        case closed
        /// No call is made until then, but by members that have not failed. Valid transitions are to `probing`, and to
        /// `closed` when the response to a probe comes after a call from before has failed.
        case open(until: Instant, wasProbed: Bool)
        /// One call is on its way; its outcome decides. Valid transitions are to `closed` and `open`.
        case probing(since: Instant)
    }

    /// The health of a member that is about to be called.
    package enum MemberHealth: Sendable {
        /// It has not failed lately: it may show that the group works before the pause is over, unless another such member has
        /// just shown that it does not.
        case unaffected
        /// It has failed as the others did.
        case affected
        /// It has a breaker of its own that is not closed: its failure says nothing of the group.
        case failing
    }

    /// How many calls in a row must fail.
    private static let threshold = 8
    /// How many calls must be made in some seconds for their share of failures to count.
    private static let sampleSize = 20
    private static let samplingTime = Duration.seconds(10)
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)
    /// A probe without a response for so long is taken for lost.
    private static let probeTime = Duration.seconds(10)

    /// Consecutive failures.
    private struct Run: Sendable {
        var failures = 0
        var unreachable = 0
        var members: Set<Int> = []
    }

    /// The calls since a failure that began the sample; each member fails once in it.
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
    /// Whether nothing could be reached when the breaker opened, so that every member is affected.
    private var isUnreachable = false
    /// When a member that has not failed may probe again: one of them did, and failed, so that the next is likely to.
    private var nextUnaffectedProbe: Instant?

    /// Makes a breaker for a group that has failed if at least so many of its members have.
    package init(minimumMembers: Int = 1) {
        self.minimumMembers = minimumMembers
    }

    /// For how long no call is made of a member that has failed; nil: calls are made, or one probes.
    package func pause(at now: Instant) -> Duration? {
        if case .open(let until, _) = state { max(.zero, until - now) } else { nil }
    }

    /// Whether calls are made without restriction.
    package var isClosed: Bool { if case .closed = state { true } else { false } }

    /// Whether a call may be made only to see whether the group works again.
    package var isProbing: Bool { if case .probing = state { true } else { false } }

    /// Whether a call may be made; if not, after how long one may.
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

    /// Notes a call whose outcome says nothing about the group: if it was a probe, another call may probe.
    package mutating func recordInconclusive(at now: Instant) {
        if isProbing { state = .open(until: now, wasProbed: true) }
    }

    /// Notes a response that shows that the group works, whatever it says.
    package mutating func recordSuccess() {
        switch state {
        case .closed:
            run = Run()
            sample?.successes += 1
        case .open(_, wasProbed: false):
            // It was asked before the breaker opened.
            break
        case .open(_, wasProbed: true), .probing:
            self = CircuitBreaker(minimumMembers: minimumMembers)
        }
    }

    /// Notes a call that failed.
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

    /// Notes a failure in the sample; returns whether more than half of enough calls have failed.
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
