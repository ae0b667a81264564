/// Decides which requests meet a fault, with a generator of its own: the same seed and requests give the same faults.
struct FaultInjector: Sendable {
    /// The fate of one request.
    struct Outcome: Sendable, Equatable {
        /// The response that replaces the real one; the request then has no effect.
        var replacement: Replacement?

        /// The way in which the response reaches the client.
        var delivery = Response.Delivery.whole

        /// The delay of the response, added to the latency.
        var delay = Duration.zero
    }

    /// Responses that replace the real one.
    enum Replacement: Sendable {
        case internalError
        case rateLimited
        case proxyPage
        case unavailable
        case statedError
    }

    private static let stream: UInt64 = 0xFA17

    /// The faults that happen.
    let faults: SandboxFaults

    private var random: SplitMix64

    /// Makes an injector at the start of its sequence.
    init(_ faults: SandboxFaults, seed: UInt64) {
        self.faults = faults
        random = SplitMix64(seed: seed, stream: Self.stream)
    }

    /// Draws the next request's fate.
    mutating func next() -> Outcome {
        var outcome = Outcome()
        if random.chance(faults.delayRate) { outcome.delay = faults.delay }
        if random.chance(faults.resetRate) { outcome.delivery = .reset }
        if random.chance(faults.truncateRate), outcome.delivery == .whole { outcome.delivery = .truncated }
        if random.chance(faults.internalErrorRate) { outcome.replacement = .internalError }
        if random.chance(faults.rateLimitRate) { outcome.replacement = .rateLimited }
        if random.chance(faults.htmlRate) { outcome.replacement = .proxyPage }
        if random.chance(faults.unavailableRate) { outcome.replacement = .unavailable }
        if random.chance(faults.statedErrorRate) { outcome.replacement = .statedError }
        return outcome
    }
}
