/// The limit that refusals teach where no header field states one.
///
/// One refusal may be a guard against bursts, or a whim; so a limit is learned only if a good part of the calls was refused,
/// or if two pauses in a row began after about as many calls.
struct LearnedLimit: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The evidence of one pause's refusals.
    private struct Evidence: Sendable {
        /// The calls that were made in the window.
        let made: Int
        var refused = 0
        let startedAt: Instant

        /// The calls that were not refused.
        var accepted: Int { max(1, made - refused) }
    }

    /// For how long a limit is respected, and a refusal remembered.
    private static let memory = Duration.seconds(300)
    /// As many refusals in one pause can show a limit by themselves.
    private static let fewestRefusals = 5

    private var latest: Evidence?
    private var earlier: Evidence?
    private var ceiling: (limit: Int, end: Instant)?

    /// The calls that a window may hold, as far as it was learned.
    var limit: Int? { ceiling?.limit }

    /// Learns from a refusal.
    ///
    /// - Parameters:
    ///   - made: the calls that were made in the window, with the one that was refused.
    ///   - isFirst: whether it is the first of its pause.
    ///   - now: the time.
    mutating func learn(made: Int, isFirst: Bool, at now: Instant) {
        if isFirst || latest == nil {
            earlier = latest
            latest = Evidence(made: made, startedAt: now)
        }
        latest?.refused += 1
        guard let latest else { return }
        if latest.refused >= Self.fewestRefusals, latest.refused * 3 >= latest.made {
            ceiling = (latest.accepted, now + Self.memory)
        } else if let earlier, now < earlier.startedAt + Self.memory {
            let (low, high) = (min(earlier.accepted, latest.accepted), max(earlier.accepted, latest.accepted))
            if (high - low) * 5 <= high { ceiling = (high, now + Self.memory) }
        }
    }

    /// Forgets the limit when it is time to try whether it still holds.
    mutating func roll(to now: Instant) {
        if let ceiling, now >= ceiling.end { self.ceiling = nil }
    }
}
