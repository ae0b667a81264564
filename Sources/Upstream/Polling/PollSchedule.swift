/// When a collection is read again, by what is left of the key's minute.
///
/// Readings are paid from what no one else wants: they are the rarer the less is left, and stop at a reserve.
struct PollSchedule: Sendable, Equatable {
    /// The share of a key's minute that is left to requests.
    let reserve: Double

    /// Readings take up to one in so many calls that are left beyond the reserve: a choice.
    ///
    /// As the share is of what is left, what others spend meanwhile slows readings down, and never has them stop before the reserve.
    private static let divisor = 2
    /// How long to wait where it is not known when there is more: a choice, a quarter of the minute in which upstreams count.
    private static let pause = Duration.seconds(15)

    /// The rest of a key's minute.
    struct Rest: Sendable, Equatable {
        /// The calls of a minute; nil: that is not known.
        let limit: Int?
        let remaining: Int?
        /// The time until the minute ends; nil: that is not known.
        let reset: Duration?
    }

    /// How long a reading has to wait that is due; nil: not at all.
    func delay(_ rest: Rest) -> Duration? {
        guard let spendable = spendable(rest) else { return nil }
        return spendable > 0 ? nil : max(.seconds(1), rest.reset ?? Self.pause)
    }

    /// The time until the next reading.
    ///
    /// - Parameters:
    ///   - interval: the time between two readings where calls are plentiful.
    ///   - rest: the rest of the key's minute.
    ///   - readers: how many collections are read with the key.
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
