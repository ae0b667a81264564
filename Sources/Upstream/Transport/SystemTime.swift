private import Glibc

/// The time that has passed on the system's clock, as a plain number.
package enum SystemTime {
    /// Nanoseconds since the system started, the time that it was suspended among them, as `ContinuousClock` counts.
    // PERF: for each stage of a request: the standard library takes several times this for the same clock.
    package static func nanoseconds() -> Int64 {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
