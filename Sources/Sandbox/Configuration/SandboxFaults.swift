/// Faults that hit authenticated requests at random, each with a probability from 0 to 1.
package struct SandboxFaults: Sendable, Equatable {
    /// How often a response is held back.
    package var delayRate = 0.0

    /// For how long it is held back.
    package var delay = Duration.zero

    /// How often the connection is reset without a response.
    package var resetRate = 0.0

    /// How often the response is 500.
    package var internalErrorRate = 0.0

    /// How often the response is 429 although the limit is not reached.
    package var rateLimitRate = 0.0

    /// How often the response is 503 with a pause of a second.
    package var unavailableRate = 0.0

    /// How often the response is 200 and states that the workspace is suspended; the request then has no effect.
    package var statedErrorRate = 0.0

    /// The paths that always fail.
    package var failures: [SandboxFailure] = []

    /// How often the response is a proxy's HTML page with 502.
    package var htmlRate = 0.0

    /// How often the response ends in the middle of its body.
    package var truncateRate = 0.0

    /// No faults.
    package init() {}
}
