/// How many calls may be made again: a tenth of those that are made, and a few more.
///
/// It keeps retries from multiplying the load of an upstream that is down.
package struct RetryBudget: Sendable {
    private var tokens: Double
    private static let most = 10.0
    private static let gainPerCall = 0.1

    package init() {
        tokens = Self.most
    }

    /// Notes a call.
    package mutating func called() {
        tokens = min(Self.most, tokens + Self.gainPerCall)
    }

    /// Takes one retry, if there is one.
    package mutating func consumeRetry() -> Bool {
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }

    /// How long to wait before an attempt, the first retry being 1: anything from nothing to a bound that doubles.
    ///
    /// It is random, so that callers that failed together do not come back together.
    package static func backoff(
        attempt: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let bound = min(2000, 50 << min(max(0, attempt - 1), 6))
        return .milliseconds(Int.random(in: 0...bound, using: &generator))
    }
}
