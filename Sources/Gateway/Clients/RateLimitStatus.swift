/// Whether a client's request is allowed, and what is left of its limits.
package struct RateLimitStatus: Sendable, Hashable {
    package let isAllowed: Bool
    /// The requests that are left in the client's minute; nil: unlimited.
    package let remainingRequests: Int?
    /// The upstream calls that are left in the client's minute; nil: unlimited.
    package let remainingCalls: Int?
    /// The time until the client's minute ends, in seconds, rounded up.
    package let secondsLeft: Int

    /// The value of the field `Retry-After`, in seconds; nil: the request is allowed.
    package var retryAfter: Int? { isAllowed ? nil : secondsLeft }

    /// The value of the field `RateLimit`; nil: there is no limit.
    ///
    /// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    package var rateLimitField: String? {
        let remaining = [("requests", remainingRequests), ("calls", remainingCalls)]
        let items = remaining.compactMap { name, rest in rest.map { "\"\(name)\";r=\($0);t=\(secondsLeft)" } }
        return items.isEmpty ? nil : items.joined(separator: ", ")
    }

    /// The status that leaves less of the two; of two refusals, the one that lasts longer.
    func stricter(_ other: RateLimitStatus) -> RateLimitStatus {
        func less(_ left: Int?, _ right: Int?) -> Bool { (left ?? .max) < (right ?? .max) }
        guard isAllowed else { return secondsLeft >= other.secondsLeft ? self : other }
        if other.remainingRequests != remainingRequests {
            return less(other.remainingRequests, remainingRequests) ? other : self
        }
        return less(other.remainingCalls, remainingCalls) ? other : self
    }
}
