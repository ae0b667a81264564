package import GraphQL

/// An entity that was found in a cached response.
// PERF: an object, because many functions pass it on.
package final class CachedEntity: Sendable {
    /// The document of the response.
    package let document: SourceDocument
    /// The node of the entity in the document.
    package let node: Int
    /// The time from which the response's age counts.
    package let generatedAt: ContinuousClock.Instant
    /// The cache key of the response.
    package let response: CacheKey
    /// The epoch at which the response's call began.
    package let startedAt: InvalidationLog.Epoch

    /// Makes the entity at a node of a response; nil if the response shows that the object does not exist.
    package init?(node: Int, of cached: CachedResponse, for key: CacheKey) {
        guard let document = cached.document else { return nil }
        self.document = document
        self.node = node
        generatedAt = cached.generatedAt
        response = key
        startedAt = cached.startedAt
    }
}
