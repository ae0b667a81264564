internal import Caching
internal import Upstream

/// Limits the requests and upstream calls of each client per minute.
///
/// A value without a clock: every function is passed the time. A client's minute begins with its first request.
package struct ClientLimiter: Sendable {
    package typealias Instant = ContinuousClock.Instant

    /// The counts of a client in its current minute.
    private struct Usage: Sendable {
        var end: Instant
        var requests = 0
        var calls = 0
    }

    private static let window = 60

    private let limits: ClientLimits
    /// The counts by the hash values of the client ids, so that a long key takes no more memory than a short one.
    private var clients: SieveCache<Int, Usage>

    /// Makes a limiter that counts at most so many clients; beyond that, the counts of some clients are dropped.
    package init(_ limits: ClientLimits, rememberedClients: Int = 10_000) {
        self.limits = limits
        clients = SieveCache(capacity: max(1, rememberedClients))
    }

    /// The value of the field `RateLimit-Policy`; nil: there is no limit.
    ///
    /// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    package var policyField: String? {
        let policies = [("requests", limits.requestsPerMinute), ("calls", limits.callsPerMinute)]
        let items = policies.compactMap { name, quota in quota.map { "\"\(name)\";q=\(max(0, $0));w=\(Self.window)" } }
        return items.isEmpty ? nil : items.joined(separator: ", ")
    }

    /// Counts a request for each of the clients that make it, unless one of them has reached its limit.
    package mutating func admit(_ clients: [ClientID], at now: Instant) -> RateLimitStatus {
        let limit = limits.requestsPerMinute ?? .max
        return count(clients, at: now) {
            $0.requests < limit
        } spend: {
            $0.requests += 1
        }
    }

    /// Counts the upstream calls that an operation is likely to take, unless one of its clients would exceed its limit.
    ///
    /// An operation that takes no call is always allowed.
    package mutating func charge(_ calls: Int, to clients: [ClientID], at now: Instant) -> RateLimitStatus {
        let (calls, limit) = (max(0, calls), limits.callsPerMinute ?? .max)
        return count(clients, at: now) {
            calls == 0 || $0.calls < limit && calls <= limit - $0.calls
        } spend: {
            $0.calls += calls
        }
    }

    /// Counts upstream calls beyond those that the operation was charged for.
    package mutating func spend(_ calls: Int, of clients: [ClientID], at now: Instant) -> RateLimitStatus {
        count(clients, at: now) { _ in
            true
        } spend: {
            $0.calls += min(max(0, calls), .max - $0.calls)
        }
    }

    /// Takes back the counts of a request that the gateway refuses for a reason of its own.
    package mutating func refund(
        requests: Int,
        calls: Int,
        of clients: [ClientID],
        at now: Instant
    ) -> RateLimitStatus {
        count(clients, at: now) { _ in
            true
        } spend: {
            $0.requests = max(0, $0.requests - requests)
            $0.calls = max(0, $0.calls - calls)
        }
    }

    /// Counts against all clients or none; returns the status of the one with the least left.
    private mutating func count(
        _ clients: [ClientID],
        at now: Instant,
        isAllowed: (Usage) -> Bool,
        spend: (inout Usage) -> Void
    ) -> RateLimitStatus {
        var usages = clients.map { usage(of: $0, at: now) }
        let refusing = usages.filter { !isAllowed($0) }
        if refusing.isEmpty {
            for index in usages.indices {
                spend(&usages[index])
                store(usages[index], for: clients[index])
            }
        }
        let statuses = (refusing.isEmpty ? usages : refusing).map {
            status(of: $0, isAllowed: refusing.isEmpty, at: now)
        }
        return statuses.dropFirst().reduce(statuses.first ?? status(of: Usage(end: now), isAllowed: true, at: now)) {
            $0.stricter($1)
        }
    }

    private mutating func usage(of client: ClientID, at now: Instant) -> Usage {
        if let known = clients.value(for: client.hashValue), now < known.end { return known }
        return Usage(end: now + .seconds(Self.window))
    }

    private mutating func store(_ usage: Usage, for client: ClientID) {
        if clients.update(client.hashValue, { $0 = usage }) == nil {
            clients.insert(usage, for: client.hashValue, cost: 1)
        }
    }

    private func status(of usage: Usage, isAllowed: Bool, at now: Instant) -> RateLimitStatus {
        let rest = (usage.end - now).components
        return RateLimitStatus(
            isAllowed: isAllowed,
            remainingRequests: limits.requestsPerMinute.map { max(0, $0 - usage.requests) },
            remainingCalls: limits.callsPerMinute.map { max(0, $0 - usage.calls) },
            secondsLeft: Int(rest.seconds) + (rest.attoseconds > 0 ? 1 : 0)
        )
    }
}
