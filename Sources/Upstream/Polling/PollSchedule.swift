/// Decides when a collection is polled again, by the rest of the key's budget in the current minute.
///
/// Polls use calls that no request wants: they are less frequent the fewer calls are left, and stop at a reserve.
struct PollSchedule: Sendable, Equatable {
    /// The share of a key's budget, from 0 to 1, that is reserved for requests.
    let reserve: Double

    /// Polls take up to one in this number of the calls that are left beyond the reserve: a choice.
    ///
    /// As the share is of what is left, calls of requests slow polls down, and polls stop only at the reserve.
    private static let divisor = 2
    /// The time to wait if it is unknown when the window ends: a choice, a quarter of the minute in which upstreams count.
    private static let pause = Duration.seconds(15)

    /// The rest of a key's budget in the current minute.
    struct Rest: Sendable, Equatable {
        /// The most calls of a minute; nil: unknown.
        let limit: Int?
        /// The calls that are left; nil: unknown.
        let remaining: Int?
        /// The time until the minute ends; nil: unknown.
        let reset: Duration?
    }

    /// The time to wait until calls may be left for a poll that is due; nil: none.
    func delay(_ rest: Rest) -> Duration? {
        guard let spendable = spendable(rest) else { return nil }
        return spendable > 0 ? nil : max(.seconds(1), rest.reset ?? Self.pause)
    }

    /// The time until the next poll.
    ///
    /// - Parameters:
    ///   - interval: the time between two polls while enough calls are left.
    ///   - rest: the rest of the key's budget.
    ///   - readers: the number of collections that are polled with the key.
    /// - Returns: the time.
    func interval(_ interval: Duration, _ rest: Rest, readers: Int) -> Duration {
        guard let spendable = spendable(rest) else { return interval }
        let reset = rest.reset ?? .seconds(60)
        guard spendable > 0 else { return max(interval, reset) }
        return max(interval, reset * (max(1, readers) * Self.divisor) / spendable)
    }

    /// The calls beyond the reserve; nil: there is no limit.
    private func spendable(_ rest: Rest) -> Int? {
        guard let limit = rest.limit, let remaining = rest.remaining else { return nil }
        return remaining - Int((Double(limit) * reserve).rounded(.up))
    }
}
