internal import GraphQL

/// An entity that was found in a cached response.
struct CachedEntity: Sendable {
    let document: SourceDocument
    let node: Int
    let generatedAt: ContinuousClock.Instant
    /// The response that it is in.
    let response: CacheKey
    let startedAt: InvalidationLog.Epoch
}
