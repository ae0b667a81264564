internal import ArgumentParser

/// A probability and a duration: `0.1:500ms`.
struct DelayArgument: ExpressibleByArgument {
    /// How often.
    let rate: Double

    /// For how long.
    let duration: Duration

    /// Reads both, with a colon between them; nil for anything else.
    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let rate = RateArgument(argument: String(parts[0])) else { return nil }
        guard let duration = DurationArgument(argument: String(parts[1])) else { return nil }
        self.rate = rate.rate
        self.duration = duration.duration
    }
}
