private import Synchronization

/// Chooses the requests that have a line in the access log.
final class AccessSampler: Sendable {
    private let policy: AccessLogPolicy
    private let threshold: UInt64
    private let state: Atomic<UInt64>

    /// Makes a sampler.
    ///
    /// - Parameters:
    ///   - policy: the share of requests that are chosen.
    ///   - seed: the seed of the random choice.
    init(_ policy: AccessLogPolicy, seed: UInt64 = .random(in: 0 ... .max)) {
        self.policy = policy
        state = Atomic(seed)
        if case .sampled(let share) = policy {
            threshold = UInt64(min(1, max(0, share)) * Double(1 << 53 as UInt64)) << 11
        } else {
            threshold = 0
        }
    }

    /// Whether the next request is chosen.
    func next() -> Bool {
        switch policy {
        case .off: return false
        case .all: return true
        case .sampled:
            // Random, so that periodic requests have the same chance: https://prng.di.unimi.it/splitmix64.c.
            var number = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
            number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
            number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
            return number ^ number >> 31 < threshold
        }
    }
}
