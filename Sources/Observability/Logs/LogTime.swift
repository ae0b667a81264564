private import Glibc

/// The time of a log line.
struct LogTime: Sendable {
    private let seconds: Int
    private let milliseconds: Int

    /// Makes the time of an instant in Unix time.
    init(seconds: Int, milliseconds: Int) {
        self.seconds = seconds
        self.milliseconds = milliseconds
    }

    /// The system's time.
    static func now() -> LogTime {
        var time = timespec()
        // SAFETY: the pointer is used during the call only.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return LogTime(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// The time in UTC: `2026-11-28T12:34:56.789Z`.
    ///
    /// https://www.rfc-editor.org/rfc/rfc3339, with the date computed as in
    /// https://howardhinnant.github.io/date_algorithms.html#civil_from_days
    var text: String {
        let days = seconds / 86_400 + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let time = seconds % 86_400
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.append(year, digits: 4, before: "-", to: &text)
        Self.append(month, digits: 2, before: "-", to: &text)
        Self.append(day, digits: 2, before: "T", to: &text)
        Self.append(time / 3600, digits: 2, before: ":", to: &text)
        Self.append(time / 60 % 60, digits: 2, before: ":", to: &text)
        Self.append(time % 60, digits: 2, before: ".", to: &text)
        Self.append(milliseconds, digits: 3, before: "Z", to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ number: Int, digits: Int, before mark: Unicode.Scalar, to text: inout [UInt8]) {
        var unit = 1
        for _ in 1..<digits { unit *= 10 }
        while unit > 0 {
            text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / unit % 10))
            unit /= 10
        }
        text.append(UInt8(ascii: mark))
    }
}
