private import Glibc

/// Assigns threads to shards that do not share a cache line.
enum ThreadShard {
    /// The number of shards.
    static let count = 8

    /// The shard of the current thread; event loops nearly always have different ones.
    static var current: Int {
        // Threads differ in the address of their control block, by the size of a stack.
        Int(truncatingIfNeeded: ((UInt64(pthread_self()) >> 12) &* 0x9E37_79B9_7F4A_7C15) >> 61)
    }
}
