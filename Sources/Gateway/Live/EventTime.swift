internal import JSON

/// The time that an event states.
enum EventTime {
    /// The time in Unix seconds; nil: it states none that can be read.
    static func unixTime(_ value: JSONValue) -> Int? {
        switch value {
        case .number(let number): number.doubleValue.flatMap { Int(exactly: $0.rounded(.down)) }
        case .string(let text): unixTime(text)
        case .null, .bool, .array, .object: nil
        }
    }

    /// Reads `2026-04-23T12:34:56Z`, with a fraction or an offset perhaps.
    ///
    /// https://www.rfc-editor.org/rfc/rfc3339#section-5.6
    static func unixTime(_ text: String) -> Int? {
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
        var offset = 0
        if zone != UInt8(ascii: "Z"), zone != UInt8(ascii: "z") {
            let start = rest.startIndex + 1
            guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), let hours = number(start, 2),
                let minutes = number(start + 3, 2)
            else { return nil }
            offset = (hours * 60 + minutes) * (zone == UInt8(ascii: "-") ? -60 : 60)
        }
        let days = days(year: year, month: month, day: day)
        return days * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// The days from 1970 on, in the Gregorian calendar: years begin in March, so that the leap day is the last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
