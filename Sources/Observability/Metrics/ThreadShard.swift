private import Glibc

/// Spreads what many threads count over parts that do not share a cache line.
enum ThreadShard {
    /// The number of parts.
    static let count = 8

    /// The part of the current thread: nearly always another one than that of another event loop.
    static var current: Int {
        // Threads differ in the address of their control block, by the size of a stack.
        Int(truncatingIfNeeded: ((UInt64(pthread_self()) >> 12) &* 0x9E37_79B9_7F4A_7C15) >> 61)
    }
}
