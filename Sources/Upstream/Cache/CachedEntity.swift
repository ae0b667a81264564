package import GraphQL

/// An entity that was found in a cached response.
// PERF: an object, as it is handed from stage to stage.
package final class CachedEntity: Sendable {
    package let document: SourceDocument
    package let node: Int
    package let generatedAt: ContinuousClock.Instant
    /// The response that it is in.
    package let response: CacheKey
    package let startedAt: InvalidationLog.Epoch

    /// Makes an entity that a response holds at a node; nil if the response says that there is nothing.
    package init?(node: Int, of cached: CachedResponse, for key: CacheKey) {
        guard let document = cached.document else { return nil }
        self.document = document
        self.node = node
        generatedAt = cached.generatedAt
        response = key
        startedAt = cached.startedAt
    }
}
