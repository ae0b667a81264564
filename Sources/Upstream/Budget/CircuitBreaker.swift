/// Leaves an upstream alone for a while after it has failed again and again.
///
/// A value without a clock: every function is told the time.
package struct CircuitBreaker: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private enum State: Sendable {
        /// Calls are made; so many have failed in a row. Valid transitions are to `open`.
        case closed(failures: Int)
        /// No call is made until then. Valid transitions are to `probing`, and to `closed` when the answer to a probe
        /// comes after a call from before has failed.
        case open(until: Instant, wasProbed: Bool)
        /// One call is on its way; what becomes of it decides. Valid transitions are to `closed` and `open`.
        case probing(since: Instant)
    }

    /// How many calls in a row must fail.
    private static let threshold = 8
    /// How many calls must be made in some seconds for their share of failures to count.
    private static let sample = 20
    private static let samplingTime = Duration.seconds(10)
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)
    /// A probe that has not been heard of for so long is taken for lost.
    private static let probeTime = Duration.seconds(10)

    private var state = State.closed(failures: 0)
    private var pause = firstPause
    /// The calls since a failure that began the sample, and how many of them failed.
    private var sampled: (start: Instant, calls: Int, failures: Int)?

    package init() {}

    /// Whether a call may be made; if not, after how long one may.
    package mutating func refusal(at now: Instant) -> Duration? {
        switch state {
        case .closed:
            return nil
        case .open(let until, _):
            guard now >= until else { return until - now }
            state = .probing(since: now)
            return nil
        case .probing(let since):
            guard now < since + Self.probeTime else {
                state = .probing(since: now)
                return nil
            }
            return .seconds(1)
        }
    }

    /// Whether a call may be made only to see whether the upstream works again.
    package var isProbing: Bool { if case .probing = state { true } else { false } }

    /// Notes that what became of a call tells nothing of the upstream: if it was a probe, another call may probe.
    package mutating func recordInconclusive(at now: Instant) {
        if isProbing { state = .open(until: now, wasProbed: true) }
    }

    /// Notes an answer that shows that the upstream works, whatever it says.
    package mutating func succeeded() {
        switch state {
        case .closed:
            state = .closed(failures: 0)
            sampled?.calls += 1
        case .open(_, wasProbed: false):
            // It was asked before the upstream was left alone.
            break
        case .open(_, wasProbed: true), .probing:
            state = .closed(failures: 0)
            pause = Self.firstPause
            sampled = nil
        }
    }

    /// Notes a call without an answer, or one with a status of 500 or above.
    package mutating func failed(at now: Instant) {
        switch state {
        case .closed(let failures):
            if failures + 1 >= Self.threshold || isMostlyFailing(at: now) {
                state = .open(until: now + pause, wasProbed: false)
            } else {
                state = .closed(failures: failures + 1)
            }
        case .probing:
            pause = min(pause * 2, Self.longestPause)
            state = .open(until: now + pause, wasProbed: true)
        case .open:
            break
        }
    }

    /// Notes a failure in the sample, and tells whether more than half of enough calls have failed.
    private mutating func isMostlyFailing(at now: Instant) -> Bool {
        var sample = sampled ?? (start: now, calls: 0, failures: 0)
        if now >= sample.start + Self.samplingTime { sample = (start: now, calls: 0, failures: 0) }
        sample.calls += 1
        sample.failures += 1
        sampled = sample
        return sample.calls >= Self.sample && sample.failures * 2 > sample.calls
    }
}
