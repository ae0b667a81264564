/// How many calls come in a second, and by how much their number varies.
struct CallRate: Sendable, Hashable {
    /// The calls of a second.
    var mean = 0.0
    /// The variance of the calls of a second: that of their mean if they come one by one, more if some come together.
    var variance = 0.0
    /// No time is expected to have more calls.
    var most = 0.0

    /// How many calls there may be in some seconds if they exceed what is expected by some standard deviations, but at least those of some
    /// operations, which come at once.
    func probableCalls(seconds: Double, deviations: Double, operations: Double) -> Double {
        guard mean > 0 else { return 0 }
        let operation = (variance / mean).rounded()
        return min(most, max(operation * operations, mean * seconds + deviations * (variance * seconds).squareRoot()))
    }

    /// The rate of a part of the calls.
    static func * (rate: CallRate, part: Double) -> CallRate {
        CallRate(mean: rate.mean * part, variance: rate.variance * part, most: rate.most * part)
    }
}
