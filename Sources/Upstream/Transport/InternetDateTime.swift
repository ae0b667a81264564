/// Times such as `2026-04-23T12:34:56Z`.
///
/// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
package enum InternetDateTime {
    /// Parses a time such as `2026-04-23T12:34:56Z`, which may have a fraction or an offset.
    ///
    /// - Parameter text: the whole text.
    /// - Returns: the time in Unix seconds; nil if the text is no such time.
    package static func unixTime(_ text: String) -> Int? {
        // The length of the shortest one.
        guard text.utf8.count >= 20 else { return nil }
        let bytes = Array(text.utf8)
        func number(_ start: Int, _ count: Int) -> Int? {
            guard start + count <= bytes.count else { return nil }
            let digits = bytes[start..<start + count]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        guard let year = number(0, 4), let month = number(5, 2), (1...12).contains(month), let day = number(8, 2),
            (1...31).contains(day), let hour = number(11, 2), hour < 24, let minute = number(14, 2), minute < 60,
            let second = number(17, 2), second <= 60, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A,
            bytes[16] == 0x3A
        else { return nil }
        var rest = bytes[19...]
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { (0x30...0x39).contains($0) } }
        guard let zone = rest.first else { return nil }
        let isUTC = zone == UInt8(ascii: "Z") || zone == UInt8(ascii: "z")
        guard rest.count == (isUTC ? 1 : 6) else { return nil }
        var offset = 0
        if !isUTC {
            let start = rest.startIndex + 1
            guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), let hours = number(start, 2),
                bytes[start + 2] == UInt8(ascii: ":"), let minutes = number(start + 3, 2)
            else { return nil }
            offset = (hours * 60 + minutes) * (zone == UInt8(ascii: "-") ? -60 : 60)
        }
        let days = CalendarDays.since1970(year: year, month: month, day: day)
        return days * 86_400 + hour * 3600 + minute * 60 + second - offset
    }
}
