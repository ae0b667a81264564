internal import ArgumentParser

/// A probability from 0 to 1.
struct RateArgument: ExpressibleByArgument {
    /// The probability.
    let rate: Double

    /// Reads a number from 0 to 1; nil for anything else.
    init?(argument: String) {
        guard let rate = Double(argument), (0...1).contains(rate) else { return nil }
        self.rate = rate
    }
}
