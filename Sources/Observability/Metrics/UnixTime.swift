private import Glibc

/// The system's clock.
enum UnixTime {
    /// The seconds since 1970, with a resolution of a millisecond.
    static func now() -> Double { Double(nanoseconds() / 1_000_000) / 1000 }

    /// The nanoseconds since 1970.
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
