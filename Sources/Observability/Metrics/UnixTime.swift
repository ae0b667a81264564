private import Glibc

/// The system's time.
enum UnixTime {
    /// Seconds since 1970, with milliseconds.
    static func now() -> Double { Double(nanoseconds() / 1_000_000) / 1000 }

    /// Nanoseconds since 1970.
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
