private import Glibc

/// The system's Unix time in seconds.
package enum UnixTime {
    /// The present time.
    package static func now() -> Int {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}
