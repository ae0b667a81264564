private import Glibc

/// The value of `Date`, updated once a second.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
struct HTTPDate {
    private var second = Int.min
    private var text = ""

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The current date.
    mutating func now() -> String {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
        if time.tv_sec != second {
            second = time.tv_sec
            text = Self.text(of: time.tv_sec)
        }
        return text
    }

    /// A time in Unix seconds, in the preferred format of HTTP.
    static func text(of seconds: Int) -> String {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = seconds - days * 86_400
        let (year, month, day) = civilDate(ofDay: days)
        let weekday = weekdays[((days + 4) % 7 + 7) % 7]
        let clock = "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
        return "\(weekday), \(padded(day)) \(months[month - 1]) \(year) \(clock) GMT"
    }

    /// The Gregorian date of a day, counted from 1970-01-01.
    ///
    /// Years are counted from March, so that the leap day is the last of its year; 146,097 days are 400 years.
    private static func civilDate(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
