private import CMalloc

/// Tunes the allocator to retain memory that the process needs again soon.
enum HeapTuning {
    /// The number of free bytes at the end of a heap from which on the allocator returns them to the system.
    private static let trimThreshold: Int32 = 4 << 20

    /// The number of bytes from which on an allocation is a mapping of its own.
    private static let mappingThreshold: Int32 = 4 << 20

    /// Sets thresholds that suit a server, which allocates and frees one response after another.
    ///
    /// glibc gives 128 KiB back to the system as soon as they are free at a heap's end, and takes them again for the next
    /// response: measured, page faults and `madvise` were a fifth of the time of a response from memory.
    static func apply() {
        _ = mallopt(M_TRIM_THRESHOLD, trimThreshold)
        _ = mallopt(M_MMAP_THRESHOLD, mappingThreshold)
    }

    /// Gives free memory back to the system, on a thread of its own.
    static func trim() {
        DetachedThread.start { _ = malloc_trim(0) }
    }
}
