/// Parses the formats in which upstreams state the time to wait.
///
/// https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
enum RetryAfterField {
    /// The longest pause, whatever the upstream states.
    private static let longestPause = Duration.seconds(3600)

    /// Parses whole seconds, fractions, a number with a unit (`2s`, `500ms`), an HTTP date, a time of RFC 3339 or a Unix time.
    ///
    /// - Parameters:
    ///   - text: the value.
    ///   - unixTime: the upstream's Unix time in seconds, from which a date is counted.
    /// - Returns: the time to wait, at most an hour, and zero for a past date; nil if the text has none of these formats.
    static func duration(_ text: String, unixTime: Int) -> Duration? {
        stated(text, unixTime: unixTime).map { min(max(.zero, $0), longestPause) }
    }

    private static func stated(_ text: String, unixTime: Int) -> Duration? {
        let text = text.trimmed
        if let date = HTTPDateField.unixTime(String(text)) ?? InternetDateTime.unixTime(String(text)) {
            return .seconds(date - unixTime)
        }
        let number = text.prefix { "0123456789.+-".utf8.contains($0.asciiValue ?? 0) }
        guard let value = Double(number), value.isFinite else { return nil }
        let scale: Double
        switch text[number.endIndex...].trimmed.lowercased() {
        case "":
            // Not in the standard: as seconds from now, the number would be decades.
            if value >= Double(RateLimitFields.firstUnixTime), let time = Int(exactly: value.rounded()) {
                return RateLimitFields.duration(time, unixTime: unixTime)
            }
            scale = 1000
        case "s", "sec", "secs", "second", "seconds": scale = 1000
        case "ms", "millisecond", "milliseconds": scale = 1
        case "m", "min", "minute", "minutes": scale = 60_000
        default: return nil
        }
        // Limited first, so that nothing overflows.
        return .milliseconds(Int(min(max(0, value), 3_600_000) * scale))
    }
}

extension StringProtocol {
    /// The text without spaces and tabs around it.
    fileprivate var trimmed: SubSequence {
        var rest = self[...]
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return rest
    }
}
