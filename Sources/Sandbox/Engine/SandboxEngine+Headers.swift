extension SandboxEngine {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A time by the API's clock, which may be ahead of the real one or behind it.
    func apiTime(_ time: UnixTime) -> UnixTime {
        UnixTime(milliseconds: time.milliseconds + configuration.behavior.clockSkew * 1000)
    }

    /// Adds the headers that state the rate limit, and refunds a free 304.
    mutating func addRate(_ verdict: RateLimiter.Verdict?, to response: inout Response, key: String?, now: UnixTime) {
        guard let verdict else { return }
        var remaining = verdict.remaining
        if response.status == 304, configuration.behavior.notModified == .free {
            limiter.refund(key: key, isWrite: false)
            remaining += 1
        }
        let pause = max(0, verdict.resetsAt.seconds - now.seconds)
        switch configuration.behavior.rateLimitHeaders {
        case .absent:
            break
        case .separate, .shared:
            response.rate = RateHeaders(limit: verdict.limit, remaining: remaining, reset: reset(verdict, now))
        case .wrong:
            response.rate = RateHeaders(limit: verdict.limit, remaining: verdict.limit, reset: reset(verdict, now))
        case .ietf:
            let window = configuration.window.components.seconds
            response.headers.append(("RateLimit-Policy", "\"default\";q=\(verdict.limit);w=\(window)"))
            response.headers.append(("RateLimit", "\"default\";r=\(remaining);t=\(pause)"))
        case .ietfEarlier:
            response.rate = RateHeaders(
                limit: verdict.limit,
                remaining: remaining,
                reset: String(pause),
                prefix: "RateLimit-"
            )
        }
    }

    /// Adds the parts of every response: its date, and a byte order mark before JSON.
    func dress(_ response: inout Response, now: UnixTime) {
        let behavior = configuration.behavior
        if behavior.dateHeader { response.headers.append(("Date", apiTime(now).httpDate)) }
        if behavior.byteOrderMark, response.contentType == .json, !response.body.isEmpty {
            response.body = Self.byteOrderMark + response.body
        }
    }

    private func reset(_ verdict: RateLimiter.Verdict, _ now: UnixTime) -> String {
        let pause = max(0, verdict.resetsAt.milliseconds - now.milliseconds)
        let end = apiTime(verdict.resetsAt)
        return switch configuration.behavior.reset {
        case .unix: String(end.seconds)
        case .seconds: String(max(0, verdict.resetsAt.seconds - now.seconds))
        case .fraction: UnixTime.secondsText(milliseconds: pause)
        case .unit: "\((pause + 999) / 1000)s"
        case .httpDate: end.httpDate
        case .iso8601: end.iso8601
        }
    }
}
