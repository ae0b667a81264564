/// The header fields by which an upstream states its limit.
struct RateLimitFields: Sendable, Hashable {
    /// The calls that a window may hold.
    private(set) var limit: Int?
    /// The calls that are left.
    private(set) var remaining: Int?
    /// The time until the window ends; negative if it has ended.
    private(set) var reset: Duration?

    /// Numbers from here on are Unix times, smaller ones are seconds from now.
    static let firstUnixTime = 1_000_000_000
    /// Numbers from here on are Unix times in milliseconds.
    private static let firstUnixMilliseconds = 100_000_000_000
    /// The pause after a rejection that comes although calls are left: the upstream guards itself against bursts.
    private static let burstPause = Duration.seconds(1)
    /// The pause after a rejection that states no time.
    private static let unstatedPause = Duration.seconds(60)

    /// Reads the fields of a response, at a time in Unix seconds by the upstream's own clock.
    ///
    /// Some upstreams state the end of the window as such a time or as a date, others in seconds from now. Beside the customary fields
    /// with `X-` those of the IETF's drafts are read: https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    init(_ headers: TransportHeaders, unixTime: Int) {
        limit = Self.number(headers.first("x-ratelimit-limit"))
        remaining = Self.number(headers.first("x-ratelimit-remaining"))
        reset = Self.reset(headers.first("x-ratelimit-reset"), unixTime: unixTime)
        guard limit == nil, remaining == nil, reset == nil else { return }
        limit = Self.number(headers.first("ratelimit-limit"))
        remaining = Self.number(headers.first("ratelimit-remaining"))
        reset = Self.reset(headers.first("ratelimit-reset"), unixTime: unixTime)
        guard limit == nil, remaining == nil, reset == nil, let field = Self.list("ratelimit", headers) else { return }
        readStructured(field, policy: Self.list("ratelimit-policy", headers))
    }

    /// The list that a field has on one line or on several; nil: there is none.
    private static func list(_ name: String, _ headers: TransportHeaders) -> String? {
        let lines = headers.all(name)
        return lines.isEmpty ? nil : lines.joined(separator: ",")
    }

    /// The pause after a rejection without `Retry-After`: until the window ends if its calls are exhausted.
    var pauseWithoutRetryAfter: Duration {
        if let remaining, remaining > 0 { return Self.burstPause }
        guard let reset else { return Self.unstatedPause }
        // A window that should have ended when the refusal came is about to.
        return reset > .zero ? reset : remaining == nil ? Self.burstPause : .zero
    }

    // MARK: - Structured fields

    /// Reads `"default";r=50;t=30` beside a policy `"default";q=100;w=60`, or the older `limit=100, remaining=50, reset=30`.
    ///
    /// Of several limits of calls the one with the fewest left counts.
    private mutating func readStructured(_ field: String, policy: String?) {
        let items = Self.items(field)
        let parameters = items.reduce(into: [:]) { $0.merge($1.parameters) { first, _ in first } }
        if parameters["remaining"] != nil || parameters["limit"] != nil {
            limit = Self.number(parameters["limit"])
            remaining = Self.number(parameters["remaining"])
            reset = Self.number(parameters["reset"]).map { .seconds($0) }
            return
        }
        let policies = Self.items(policy ?? "")
        let ofCalls = items.filter { item in
            let unit = policies.first { $0.name == item.name }?.parameters["qu"]
            return unit == nil || unit == "\"requests\""
        }
        let scarcest = ofCalls.min { left, right in
            Self.number(left.parameters["r"]) ?? .max < Self.number(right.parameters["r"]) ?? .max
        }
        guard let scarcest else { return }
        remaining = Self.number(scarcest.parameters["r"])
        reset = Self.number(scarcest.parameters["t"]).map { .seconds($0) }
        let own = policies.first { $0.name == scarcest.name } ?? (policies.count == 1 ? policies.first : nil)
        limit = Self.number(own?.parameters["q"])
    }

    /// The items of a list with their parameters; an item that is a parameter itself has no name.
    private static func items(_ field: String) -> [(name: Substring, parameters: [Substring: String])] {
        field.split(separator: ",").map { item in
            var name: Substring = ""
            var parameters: [Substring: String] = [:]
            for part in item.split(separator: ";") {
                let part = part.filter { $0 != " " && $0 != "\t" }[...]
                if let sign = part.firstIndex(of: "=") {
                    parameters[part[..<sign]] = String(part[part.index(after: sign)...])
                } else {
                    name = part
                }
            }
            return (name, parameters)
        }
    }

    // MARK: - Numbers

    private static func reset(_ value: String?, unixTime: Int) -> Duration? {
        if let time = value.flatMap({ InternetDateTime.unixTime($0) }) { return .seconds(time - unixTime) }
        return number(value).map { duration($0, unixTime: unixTime) }
    }

    /// The time from now that a number states: in seconds, or as a time in Unix seconds or milliseconds.
    static func duration(_ number: Int, unixTime: Int) -> Duration {
        switch number {
        case firstUnixMilliseconds...: .milliseconds(number - unixTime * 1000)
        case firstUnixTime...: .seconds(number - unixTime)
        default: .seconds(number)
        }
    }

    /// The whole number that a field begins with: some add fractions, windows (`100;w=60`) or further limits.
    private static func number(_ value: String?) -> Int? {
        guard let value = value?.utf8 else { return nil }
        let digits = value.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // The year of a date is none, nor are the hours of a time.
        guard value[digits.endIndex...].first.map({ !"-:".utf8.contains($0) }) ?? true else { return nil }
        return Int(Substring(digits))
    }
}
