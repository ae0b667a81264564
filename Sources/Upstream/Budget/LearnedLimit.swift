/// The limit that rejections teach where no header field states one.
///
/// One rejection may guard against bursts, or be random; so a limit is learned only if at least a third of the calls was rejected, or
/// if two pauses in a row began after about the same number of calls.
struct LearnedLimit: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// The evidence of one pause's rejections.
    private struct Evidence: Sendable {
        /// The calls that were made in the window.
        let made: Int
        var refused = 0
        let startedAt: Instant

        /// The calls that were not rejected, at least 1.
        var accepted: Int { max(1, made - refused) }
    }

    /// The time for which a limit is respected, and a rejection remembered.
    private static let memory = Duration.seconds(300)
    /// The number of rejections in one pause from which on they can show a limit by themselves.
    private static let fewestRefusals = 5

    private var latest: Evidence?
    private var earlier: Evidence?
    private var ceiling: (limit: Int, end: Instant)?

    /// The calls that a window may hold; nil: none was learned.
    var limit: Int? { ceiling?.limit }

    /// Learns from a rejection.
    ///
    /// - Parameters:
    ///   - made: the calls that were made in the window, including the rejected one.
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

    /// Forgets the limit after `memory`, to try whether it still applies.
    mutating func roll(to now: Instant) {
        if let ceiling, now >= ceiling.end { self.ceiling = nil }
    }
}
