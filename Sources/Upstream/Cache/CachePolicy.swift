/// The ages up to which a response may be used: the arguments of `@cacheControl`.
package struct CachePolicy: Sendable, Hashable {
    /// The age up to which a response is fresh.
    package var maxAge: Duration = .zero
    /// The time after `maxAge` for which it is used while a fresh one is fetched in the background.
    package var staleWhileRevalidate: Duration = .zero
    /// The time after `maxAge` for which it is used when no fresh one can be fetched.
    package var staleIfError: Duration = .zero
    /// The age up to which a response is fresh while webhooks report changes; `maxAge` applies if that is longer.
    package var reportedMaxAge: Duration = .zero
    /// Whether every credential of the workspace may see it.
    package var isShared = false

    /// The policy that caches nothing.
    package static let none = CachePolicy()

    package init() {}

    /// Whether responses are cached at all.
    package var isCacheable: Bool { retention > .zero }

    /// The greatest age at which a response may still be used.
    package var retention: Duration { max(maxAge, reportedMaxAge) + max(staleWhileRevalidate, staleIfError) }

    /// The policy while webhooks report changes.
    package var whileReported: CachePolicy {
        var policy = self
        policy.maxAge = max(maxAge, reportedMaxAge)
        return policy
    }

    /// The policy that is in every respect the stricter one of two.
    package func combined(with other: CachePolicy) -> CachePolicy {
        var policy = CachePolicy()
        policy.maxAge = min(maxAge, other.maxAge)
        policy.staleWhileRevalidate = min(staleWhileRevalidate, other.staleWhileRevalidate)
        policy.staleIfError = min(staleIfError, other.staleIfError)
        policy.reportedMaxAge = min(reportedMaxAge, other.reportedMaxAge)
        policy.isShared = isShared && other.isShared
        return policy
    }

    /// The permitted use of a response of some age.
    package func freshness(ofAge age: Duration) -> Freshness {
        if age <= maxAge, maxAge > .zero { return .fresh }
        if age <= maxAge + staleWhileRevalidate, staleWhileRevalidate > .zero { return .whileRevalidating }
        if age <= maxAge + staleIfError, staleIfError > .zero { return .ifError }
        return .useless
    }

    /// The permitted use of a response.
    package enum Freshness: Sendable {
        /// It may be used.
        case fresh
        /// It may be used if a fresh one is fetched in the background.
        case whileRevalidating
        /// It may be used if no fresh one can be fetched.
        case ifError
        /// It may not be used.
        case useless
    }
}
