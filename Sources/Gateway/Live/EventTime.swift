internal import JSON
internal import Upstream

/// Parses the time that an event states.
enum EventTime {
    /// The time in Unix seconds; nil: the value is no valid time.
    static func unixTime(_ value: JSONValue) -> Int? {
        switch value {
        case .number(let number): number.doubleValue.flatMap { Int(exactly: $0.rounded(.down)) }
        case .string(let text): InternetDateTime.unixTime(text)
        case .null, .bool, .array, .object: nil
        }
    }
}
