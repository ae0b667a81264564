/// The mean and the variance of the number of calls per second.
struct CallRate: Sendable, Hashable {
    /// The mean number of calls per second.
    var mean = 0.0
    /// The variance of the calls per second: equal to the mean if they come one by one, greater if some come together.
    var variance = 0.0
    /// The most calls that are expected in any span of time.
    var most = 0.0

    /// The number of calls that may come within some seconds: the mean and a number of standard deviations, but at least the calls of
    /// a number of operations, which come together.
    func probableCalls(seconds: Double, deviations: Double, operations: Double) -> Double {
        guard mean > 0 else { return 0 }
        let operation = (variance / mean).rounded()
        return min(most, max(operation * operations, mean * seconds + deviations * (variance * seconds).squareRoot()))
    }

    /// The rate of a share of the calls, from 0 to 1.
    static func * (rate: CallRate, part: Double) -> CallRate {
        CallRate(mean: rate.mean * part, variance: rate.variance * part, most: rate.most * part)
    }
}
