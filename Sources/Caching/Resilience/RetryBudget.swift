/// A token bucket for retries: ten at first, and a tenth of a retry for each call.
///
/// It keeps retries from multiplying the load of an upstream that is down.
package struct RetryBudget: Sendable {
    private var tokens: Double
    private static let most = 10.0
    private static let gainPerCall = 0.1

    package init() {
        tokens = Self.most
    }

    /// Counts a call, which adds a tenth of a retry.
    package mutating func called() {
        tokens = min(Self.most, tokens + Self.gainPerCall)
    }

    /// Takes one retry from the budget; returns false if none is left.
    package mutating func consumeRetry() -> Bool {
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }

    /// The random pause before an attempt, the first retry being 1: up to 50 ms, a bound that doubles with each attempt up to 2 s.
    ///
    /// It is random so that callers that failed together do not retry together.
    package static func backoff(
        attempt: Int,
        using generator: inout some RandomNumberGenerator
    ) -> Duration {
        let bound = min(2000, 50 << min(max(0, attempt - 1), 6))
        return .milliseconds(Int.random(in: 0...bound, using: &generator))
    }
}
