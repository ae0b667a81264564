private import Glibc

/// The time that has passed on the system's clock, as a plain number.
package enum SystemTime {
    /// The nanoseconds since the system started, including the time that it was suspended, as `ContinuousClock` counts.
    // PERF: for each stage of a request: the standard library takes several times as long to read the same clock.
    package static func nanoseconds() -> Int64 {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
