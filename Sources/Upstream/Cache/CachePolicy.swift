/// How old an answer may be: the arguments of `@cacheControl`.
package struct CachePolicy: Sendable, Hashable {
    /// For how long an answer is as good as new.
    package var maxAge: Duration = .zero
    /// For how much longer it is used while a fresh one is fetched in the background.
    package var staleWhileRevalidate: Duration = .zero
    /// For how much longer it is used when no fresh one can be had.
    package var staleIfError: Duration = .zero
    /// Whether every credential of the workspace may see it.
    package var isShared = false

    /// Nothing is kept.
    package static let none = CachePolicy()

    package init() {}

    /// Whether answers are kept at all.
    package var isCacheable: Bool { retention > .zero }

    /// How old an answer can get and still be of use.
    package var retention: Duration { maxAge + max(staleWhileRevalidate, staleIfError) }

    /// The stricter of two policies in every respect.
    package func combined(with other: CachePolicy) -> CachePolicy {
        var policy = CachePolicy()
        policy.maxAge = min(maxAge, other.maxAge)
        policy.staleWhileRevalidate = min(staleWhileRevalidate, other.staleWhileRevalidate)
        policy.staleIfError = min(staleIfError, other.staleIfError)
        policy.isShared = isShared && other.isShared
        return policy
    }

    /// What an answer of some age is good for.
    package func freshness(ofAge age: Duration) -> Freshness {
        if age <= maxAge, maxAge > .zero { return .fresh }
        if age <= maxAge + staleWhileRevalidate, staleWhileRevalidate > .zero { return .whileRevalidating }
        if age <= maxAge + staleIfError, staleIfError > .zero { return .ifError }
        return .useless
    }

    /// What an answer is good for.
    package enum Freshness: Sendable {
        case fresh
        /// It may be used if a fresh one is fetched in the background.
        case whileRevalidating
        /// It may be used if no fresh one can be had.
        case ifError
        case useless
    }
}
