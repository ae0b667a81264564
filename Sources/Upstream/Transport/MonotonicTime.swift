private import Glibc

/// An instant of the monotonic clock, as nanoseconds since an arbitrary start.
struct MonotonicTime: Comparable {
    /// Later than every other instant.
    static let distantFuture = MonotonicTime(nanoseconds: .max)

    fileprivate let nanoseconds: Int64

    /// The present instant.
    static func now() -> MonotonicTime {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Returns the instant that is this much later; the distant future if it is out of range.
    func advanced(by duration: Duration) -> MonotonicTime {
        let (seconds, attoseconds) = duration.components
        guard abs(seconds) < 1 << 32 else { return seconds < 0 ? self : .distantFuture }
        let added = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        let (sum, overflows) = nanoseconds.addingReportingOverflow(added)
        return overflows ? .distantFuture : MonotonicTime(nanoseconds: sum)
    }

    /// Returns the whole milliseconds until a later instant, rounded up; 0 if that instant has passed.
    func milliseconds(until later: MonotonicTime) -> Int64 {
        guard later > self else { return 0 }
        let (difference, overflows) = later.nanoseconds.subtractingReportingOverflow(nanoseconds)
        return overflows ? .max : difference / 1_000_000 + 1
    }
}
