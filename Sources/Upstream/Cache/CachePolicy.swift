/// How old a response may be: the arguments of `@cacheControl`.
package struct CachePolicy: Sendable, Hashable {
    /// For how long a response is fresh.
    package var maxAge: Duration = .zero
    /// For how much longer it is used while a fresh one is fetched in the background.
    package var staleWhileRevalidate: Duration = .zero
    /// For how much longer it is used when no fresh one can be had.
    package var staleIfError: Duration = .zero
    /// For how long a response is fresh while webhooks report changes; no longer than else if it is less.
    package var reportedMaxAge: Duration = .zero
    /// Whether every credential of the workspace may see it.
    package var isShared = false

    /// Nothing is cached.
    package static let none = CachePolicy()

    package init() {}

    /// Whether responses are cached at all.
    package var isCacheable: Bool { retention > .zero }

    /// How old a response can get and still be of use.
    package var retention: Duration { max(maxAge, reportedMaxAge) + max(staleWhileRevalidate, staleIfError) }

    /// The policy while webhooks report changes.
    package var whileReported: CachePolicy {
        var policy = self
        policy.maxAge = max(maxAge, reportedMaxAge)
        return policy
    }

    /// The stricter of two policies in every respect.
    package func combined(with other: CachePolicy) -> CachePolicy {
        var policy = CachePolicy()
        policy.maxAge = min(maxAge, other.maxAge)
        policy.staleWhileRevalidate = min(staleWhileRevalidate, other.staleWhileRevalidate)
        policy.staleIfError = min(staleIfError, other.staleIfError)
        policy.reportedMaxAge = min(reportedMaxAge, other.reportedMaxAge)
        policy.isShared = isShared && other.isShared
        return policy
    }

    /// What a response of some age may be used for.
    package func freshness(ofAge age: Duration) -> Freshness {
        if age <= maxAge, maxAge > .zero { return .fresh }
        if age <= maxAge + staleWhileRevalidate, staleWhileRevalidate > .zero { return .whileRevalidating }
        if age <= maxAge + staleIfError, staleIfError > .zero { return .ifError }
        return .useless
    }

    /// What a response may be used for.
    package enum Freshness: Sendable {
        case fresh
        /// It may be used if a fresh one is fetched in the background.
        case whileRevalidating
        /// It may be used if no fresh one can be had.
        case ifError
        case useless
    }
}
