/// Counts the requests of every key in fixed windows, reads and writes apart or together.
struct RateLimiter: Sendable {
    /// Whether one more request was allowed, and the state of the window.
    struct Verdict: Sendable, Equatable {
        /// Whether the request is within the limit.
        let isAllowed: Bool

        /// Requests in a window.
        let limit: Int

        /// Requests that are left in this window.
        let remaining: Int

        /// The end of the window, on a whole second.
        let resetsAt: UnixTime
    }

    /// Calls that count together.
    struct Counter: Hashable, Sendable {
        /// The key, or nil for everybody without one.
        let key: String?

        /// Whether writes are counted, or reads (and writes too if they share).
        let countsWrites: Bool
    }

    private struct Window: Sendable {
        var endsAt: UnixTime
        var spent: Int
    }

    private let plan: SandboxPlan
    private let length: Int
    private let isShared: Bool
    private var windows: [Counter: Window] = [:]

    /// Makes a limiter in which no key has made a request.
    init(plan: SandboxPlan, window: Duration, isShared: Bool) {
        self.plan = plan
        self.isShared = isShared
        length = max(1, Int(window.components.seconds))
    }

    /// Counts a request; nil if the plan has no limit for it.
    mutating func spend(key: String?, isWrite: Bool, now: UnixTime) -> Verdict? {
        let counter = counter(key: key, isWrite: isWrite)
        guard let limit = limit(of: counter) else { return nil }
        var window = windows[counter] ?? Window(endsAt: now, spent: 0)
        if now >= window.endsAt {
            window = Window(endsAt: UnixTime(seconds: now.secondsRoundedUp + length), spent: 0)
        }
        let isAllowed = window.spent < limit
        window.spent += isAllowed ? 1 : 0
        windows[counter] = window
        return Verdict(isAllowed: isAllowed, limit: limit, remaining: limit - window.spent, resetsAt: window.endsAt)
    }

    /// Refunds the last request of a key.
    mutating func refund(key: String?, isWrite: Bool) {
        windows[counter(key: key, isWrite: isWrite)]?.spent -= 1
    }

    private func counter(key: String?, isWrite: Bool) -> Counter {
        Counter(key: key, countsWrites: isWrite && !isShared && key != nil)
    }

    private func limit(of counter: Counter) -> Int? {
        guard counter.key != nil else { return plan.anonymous }
        return counter.countsWrites ? plan.writes : plan.reads
    }
}
