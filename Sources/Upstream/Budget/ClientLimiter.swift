/// What each client may ask for in a minute, and how much of it has been used.
///
/// A value without a clock: every function is told the time. A client's minute begins with its first request.
package struct ClientLimiter: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// What a client has used of its minute.
    private struct Usage: Sendable {
        var end: Instant
        var requests = 0
        var calls = 0
    }

    private static let window = 60

    private let limits: ClientLimits
    private var clients: SieveCache<CallerID, Usage>

    /// Makes a limiter that counts so many clients at most; beyond that, some begin anew.
    package init(_ limits: ClientLimits, rememberedClients: Int = 10_000) {
        self.limits = limits
        clients = SieveCache(capacity: max(1, rememberedClients))
    }

    /// The value of the field `RateLimit-Policy`, nil if there is no limit.
    ///
    /// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    package var policyField: String? {
        let policies = [("requests", limits.requestsPerMinute), ("calls", limits.callsPerMinute)]
        let items = policies.compactMap { name, quota in quota.map { "\"\(name)\";q=\(max(0, $0));w=\(Self.window)" } }
        return items.isEmpty ? nil : items.joined(separator: ", ")
    }

    /// Counts a request, unless the client has made too many.
    package mutating func admit(_ client: CallerID, at now: Instant) -> RateLimitStatus {
        let limit = limits.requestsPerMinute
        return count(client, at: now) { usage in
            guard usage.requests < limit ?? .max else { return false }
            usage.requests += 1
            return true
        }
    }

    /// Counts the upstream calls that an operation is priced at, unless the client has ordered too many.
    package mutating func charge(_ calls: Int, to client: CallerID, at now: Instant) -> RateLimitStatus {
        let limit = limits.callsPerMinute
        return count(client, at: now) { usage in
            guard max(0, calls) <= (limit ?? .max) - usage.calls else { return false }
            usage.calls += max(0, calls)
            return true
        }
    }

    /// Whether the upstream calls are too many even for a client that has ordered none.
    package func isAlwaysRefused(calls: Int) -> Bool {
        calls > limits.callsPerMinute ?? .max
    }

    private mutating func count(
        _ client: CallerID,
        at now: Instant,
        _ body: (inout Usage) -> Bool
    ) -> RateLimitStatus {
        let limits = limits
        let end = now + .seconds(Self.window)
        let counted = clients.update(client) { usage in
            if now >= usage.end { usage = Usage(end: end) }
            return Self.rateLimitStatus(limits, isAllowed: body(&usage), usage, at: now)
        }
        if let counted { return counted }
        var usage = Usage(end: end)
        let isAllowed = body(&usage)
        clients.insert(usage, for: client, cost: 1)
        return Self.rateLimitStatus(limits, isAllowed: isAllowed, usage, at: now)
    }

    private static func rateLimitStatus(
        _ limits: ClientLimits,
        isAllowed: Bool,
        _ usage: Usage,
        at now: Instant
    ) -> RateLimitStatus {
        let rest = (usage.end - now).components
        return RateLimitStatus(
            isAllowed: isAllowed,
            remainingRequests: limits.requestsPerMinute.map { max(0, $0 - usage.requests) },
            remainingCalls: limits.callsPerMinute.map { max(0, $0 - usage.calls) },
            secondsLeft: Int(rest.seconds) + (rest.attoseconds > 0 ? 1 : 0)
        )
    }
}
