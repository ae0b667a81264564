private import Glibc

/// The system's time.
enum UnixTime {
    /// In whole seconds since 1970.
    static var now: Int {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }
}
