/// The header fields by which an upstream tells of its limit.
struct RateLimitFields: Sendable, Hashable {
    /// The calls that a window may hold.
    let limit: Int?
    /// The calls that are left.
    let remaining: Int?
    /// The time until the window ends; negative if it has ended.
    let reset: Duration?

    /// A number from here on is a time, not a number of seconds.
    private static let firstUnixTime = 1_000_000_000
    /// A number from here on is a time in milliseconds.
    private static let firstUnixMilliseconds = 100_000_000_000

    /// Reads the fields of an answer, at a time in Unix seconds.
    ///
    /// Some upstreams tell the end of the window as such a time, others in seconds from now.
    init(_ headers: TransportHeaders, unixTime: Int) {
        limit = Self.number(headers.first("x-ratelimit-limit"))
        remaining = Self.number(headers.first("x-ratelimit-remaining"))
        reset = Self.number(headers.first("x-ratelimit-reset")).map { value in
            switch value {
            case Self.firstUnixMilliseconds...: .milliseconds(value - unixTime * 1000)
            case Self.firstUnixTime...: .seconds(value - unixTime)
            default: .seconds(value)
            }
        }
    }

    /// The whole number that a field begins with: some add fractions, windows (`100;w=60`) or further limits.
    private static func number(_ value: String?) -> Int? {
        guard let digits = value?.utf8.prefix(while: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(Substring(digits))
    }
}
