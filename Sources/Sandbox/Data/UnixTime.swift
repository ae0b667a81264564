private import Glibc

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
package struct UnixTime: Hashable, Comparable, Sendable {
    /// Milliseconds since the epoch.
    package var milliseconds: Int

    /// Names the point that is so many milliseconds after the epoch.
    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// Names the point that is so many seconds after the epoch.
    package init(seconds: Int) {
        milliseconds = seconds * 1000
    }

    /// Midnight (UTC) of `date`.
    package init(_ date: CalendarDate) {
        self.init(seconds: date.daysSinceEpoch * 86_400)
    }

    /// Parses the format of `iso8601`.
    package init?(iso8601 text: String) {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, let date = CalendarDate(parsing: halves[0]), halves[1].last == "Z" else { return nil }
        let parts = halves[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count == 2 ? Int($0) : nil }
        guard numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60, (numbers.min() ?? -1) >= 0 else {
            return nil
        }
        self.init(seconds: date.daysSinceEpoch * 86_400 + numbers[0] * 3600 + numbers[1] * 60 + numbers[2])
    }

    /// Whole seconds since the epoch, rounded down.
    package var seconds: Int { milliseconds / 1000 }

    /// Whole seconds since the epoch, rounded up.
    package var secondsRoundedUp: Int { (milliseconds + 999) / 1000 }

    /// The system's clock.
    package static func now() -> UnixTime {
        var time = timespec()
        // SAFETY: the pointer is to a local value and does not escape the call.
        guard unsafe clock_gettime(CLOCK_REALTIME, &time) == 0 else { return UnixTime(milliseconds: 0) }
        return UnixTime(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    }

    /// The time as ISO 8601 in UTC, in whole seconds: `2026-04-23T12:34:56Z`.
    package var iso8601: String {
        let (hour, minute, second) = clock
        return "\(date)T\(Self.padded(hour, to: 2)):\(Self.padded(minute, to: 2)):\(Self.padded(second, to: 2))Z"
    }

    /// The time as HTTP writes it: `Thu, 23 Apr 2026 12:34:56 GMT`.
    package var httpDate: String {
        let (year, month, day) = date.components
        let (hour, minute, second) = clock
        // 1970-01-01 was a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][(date.daysSinceEpoch % 7 + 7) % 7]
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [hour, minute, second].map { Self.padded($0, to: 2) }.joined(separator: ":")
        return "\(weekday), \(Self.padded(day, to: 2)) \(names[month - 1]) \(Self.padded(year, to: 4)) \(time) GMT"
    }

    /// The day that the time falls on.
    package var date: CalendarDate {
        CalendarDate(daysSinceEpoch: (seconds - secondOfDay) / 86_400)
    }

    /// Orders points by time.
    package static func < (left: UnixTime, right: UnixTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// A number of seconds with a fraction, to the millisecond: `2.0`, `1.25`.
    static func secondsText(milliseconds: Int) -> String {
        var fraction = padded(milliseconds % 1000, to: 3)
        while fraction.hasSuffix("0"), fraction.utf8.count > 1 { fraction.removeLast() }
        return "\(milliseconds / 1000).\(fraction)"
    }

    /// Writes a number with leading zeros.
    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private var secondOfDay: Int { (seconds % 86_400 + 86_400) % 86_400 }

    private var clock: (hour: Int, minute: Int, second: Int) {
        (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    }
}
