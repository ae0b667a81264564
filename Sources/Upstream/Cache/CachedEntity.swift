package import GraphQL

/// An entity that was found in a cached response.
package struct CachedEntity: Sendable {
    package let document: SourceDocument
    package let node: Int
    package let generatedAt: ContinuousClock.Instant
    /// The response that it is in.
    package let response: CacheKey
    package let startedAt: InvalidationLog.Epoch
}
