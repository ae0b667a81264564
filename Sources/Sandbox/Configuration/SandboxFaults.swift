/// Faults that hit authenticated requests at random, each with a probability from 0 to 1.
package struct SandboxFaults: Sendable, Equatable {
    /// The probability that a response is delayed, from 0 to 1.
    package var delayRate = 0.0

    /// The delay of such a response.
    package var delay = Duration.zero

    /// The probability that the connection is reset without a response, from 0 to 1.
    package var resetRate = 0.0

    /// The probability that the response has status 500, from 0 to 1.
    package var internalErrorRate = 0.0

    /// The probability that the response has status 429 although the limit is not reached, from 0 to 1.
    package var rateLimitRate = 0.0

    /// The probability that the response has status 503 and asks for a pause of a second, from 0 to 1.
    package var unavailableRate = 0.0

    /// The probability that the response is 200 and states that the workspace is suspended, from 0 to 1; the request then has no effect.
    package var statedErrorRate = 0.0

    /// The paths that always fail.
    package var failures: [SandboxFailure] = []

    /// The probability that the response is a proxy's HTML page with status 502, from 0 to 1.
    package var htmlRate = 0.0

    /// The probability that the response ends in the middle of its body, from 0 to 1.
    package var truncateRate = 0.0

    /// No faults.
    package init() {}
}
