internal import ArgumentParser

/// A duration on the command line: `20ms`, `1.5s` or `2m`.
struct DurationArgument: ExpressibleByArgument, CustomStringConvertible {
    private static let units: [(suffix: String, milliseconds: Double)] = [("ms", 1), ("s", 1000), ("m", 60_000)]
    private static let longestInMilliseconds = 86_400_000.0

    /// The duration.
    let duration: Duration

    /// Wraps a duration, as a default value.
    init(_ duration: Duration) {
        self.duration = duration
    }

    /// Reads a number and its unit; nil for anything else, a negative duration, or more than a day.
    init?(argument: String) {
        guard let unit = Self.units.first(where: { argument.hasSuffix($0.suffix) }) else { return nil }
        guard let number = Double(argument.dropLast(unit.suffix.count)) else { return nil }
        let milliseconds = number * unit.milliseconds
        guard milliseconds >= 0, milliseconds <= Self.longestInMilliseconds else { return nil }
        duration = .microseconds(Int64(milliseconds * 1000))
    }

    /// The duration as it is written on the command line.
    var description: String {
        let (seconds, attoseconds) = duration.components
        return attoseconds == 0 ? "\(seconds)s" : "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
    }
}
