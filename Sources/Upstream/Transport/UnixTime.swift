private import Glibc

/// The system's time in Unix seconds.
enum UnixTime {
    /// The present time.
    static func now() -> Int {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}
