/// Whether a client's request may go on, and what it has left of its minute.
package struct RateLimitStatus: Sendable, Hashable {
    package let isAllowed: Bool
    /// Requests that are left, if they are limited.
    package let remainingRequests: Int?
    /// Estimated upstream calls that are left, if they are limited.
    package let remainingCalls: Int?
    /// When the client's minute ends, in seconds from now, rounded up.
    package let secondsLeft: Int

    /// The value of the field `Retry-After`, nil if the request may go on.
    package var retryAfter: Int? { isAllowed ? nil : secondsLeft }

    /// The value of the field `RateLimit`, nil if there is no limit.
    ///
    /// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    package var rateLimitField: String? {
        let remaining = [("requests", remainingRequests), ("calls", remainingCalls)]
        let items = remaining.compactMap { name, rest in rest.map { "\"\(name)\";r=\($0);t=\(secondsLeft)" } }
        return items.isEmpty ? nil : items.joined(separator: ", ")
    }

    /// Of two statuses, the one that leaves less; what is refused is refused until both let it pass.
    func stricter(_ other: RateLimitStatus) -> RateLimitStatus {
        func less(_ left: Int?, _ right: Int?) -> Bool { (left ?? .max) < (right ?? .max) }
        guard isAllowed else { return secondsLeft >= other.secondsLeft ? self : other }
        if other.remainingRequests != remainingRequests {
            return less(other.remainingRequests, remainingRequests) ? other : self
        }
        return less(other.remainingCalls, remainingCalls) ? other : self
    }
}
