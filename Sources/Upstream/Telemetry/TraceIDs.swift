private import Synchronization

/// Makes the ids of traces and spans: random, without a system call for each.
///
/// https://prng.di.unimi.it/splitmix64.c
enum TraceIDs {
    private static let state = Atomic(UInt64.random(in: 0 ... .max))

    /// Returns another id, which is not 0.
    static func next() -> UInt64 {
        var id = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        id = (id ^ id >> 30) &* 0xBF58_476D_1CE4_E5B9
        id = (id ^ id >> 27) &* 0x94D0_49BB_1331_11EB
        return max(1, id ^ id >> 31)
    }
}
