/// The rate-limit counters, and the headers that state them.
package enum RateLimitHeaders: String, CaseIterable, Sendable {
    /// One counter for reads and one for writes; the headers state the one that the request counts in.
    case separate
    /// One counter for both, with the limit for reads.
    case shared
    /// As `separate`, but without headers.
    case absent
    /// As `separate`, but the headers always state a full budget.
    case wrong
    /// As `separate`, in the IETF draft's structured fields `RateLimit-Policy` and `RateLimit`.
    case ietf
    /// As `separate`, in the IETF draft's earlier fields `RateLimit-Limit`, `-Remaining` and `-Reset`.
    case ietfEarlier = "ietf-earlier"
}
