/// The times in HTTP header fields.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
enum HTTPDateField {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The time of an HTTP date in Unix seconds, in any of its three formats; nil if it is none.
    ///
    /// IMF-fixdate `Sun, 06 Nov 1994 08:49:37 GMT`, RFC 850 `Sunday, 06-Nov-94 08:49:37 GMT`, asctime
    /// `Sun Nov  6 08:49:37 1994`.
    static func unixTime(_ text: String) -> Int? {
        if let time = fixdate(text.utf8.span) { return time }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" })
        switch words.count {
        case 6 where words[5] == "GMT":
            return unixTime(day: words[1], month: words[2], year: words[3], clock: words[4])
        case 5:
            return unixTime(day: words[2], month: words[1], year: words[4], clock: words[3])
        default:
            return nil
        }
    }

    /// The time of an IMF-fixdate, which nearly all dates are; nil if the text is none.
    ///
    /// PERF: every response has one or two dates, and splitting them into words took a tenth of the time of a call.
    private static func fixdate(_ text: Span<UInt8>) -> Int? {
        guard text.count == 29, text[3] == UInt8(ascii: ","), text[4] == UInt8(ascii: " "),
            text[7] == UInt8(ascii: " "),
            text[11] == UInt8(ascii: " "), text[16] == UInt8(ascii: " "), text[19] == UInt8(ascii: ":"),
            text[22] == UInt8(ascii: ":"), text[25] == UInt8(ascii: " "), text[26] == UInt8(ascii: "G"),
            text[27] == UInt8(ascii: "M"), text[28] == UInt8(ascii: "T")
        else { return nil }
        guard let day = pair(text, 5), (1...31).contains(day), let month = month(text, 8), let century = pair(text, 12),
            let year = pair(text, 14), let hour = pair(text, 17), hour < 24, let minute = pair(text, 20), minute < 60,
            let second = pair(text, 23), second <= 60
        else { return nil }
        let days = CalendarDays.since1970(year: century * 100 + year, month: month, day: day)
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// The number that two digits at an index state; nil: they are no digits.
    private static func pair(_ text: Span<UInt8>, _ index: Int) -> Int? {
        let (tens, ones) = (text[index] &- UInt8(ascii: "0"), text[index + 1] &- UInt8(ascii: "0"))
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }

    /// The month, from 1, whose abbreviation is at an index; nil: there is none.
    private static func month(_ text: Span<UInt8>, _ index: Int) -> Int? {
        let names: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        let (first, second, third) = (text[index], text[index + 1], text[index + 2])
        return names.withUTF8Buffer { names in
            (0..<12).first { month in
                unsafe names[month * 3] == first && names[month * 3 + 1] == second && names[month * 3 + 2] == third
            }.map { $0 + 1 }
        }
    }

    private static func unixTime(day: Substring, month: Substring, year: Substring, clock: Substring) -> Int? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map { number($0, digits: 2) }
        guard let day = number(day, digits: 1...2), (1...31).contains(day),
            let month = months.firstIndex(where: { $0 == month }),
            let year = fullYear(year), parts.count == 3,
            let hour = parts[0], hour < 24, let minute = parts[1], minute < 60, let second = parts[2], second <= 60
        else { return nil }
        return CalendarDays.since1970(year: year, month: month + 1, day: day) * 86_400 + hour * 3600 + minute * 60
            + second
    }

    /// A year of four digits, or of two as in RFC 850: up to 69 they are of the 21st century.
    private static func fullYear(_ text: Substring) -> Int? {
        guard let year = number(text, digits: 2...4), text.utf8.count != 3 else { return nil }
        guard text.utf8.count == 2 else { return year }
        return year < 70 ? 2000 + year : 1900 + year
    }

    private static func number(_ text: Substring, digits: Int) -> Int? { number(text, digits: digits...digits) }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
