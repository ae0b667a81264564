internal import Caching
package import GraphQL

/// A response of the upstream that is cached.
package struct CachedResponse: Sendable {
    /// Nil: the upstream has no such thing.
    package let document: SourceDocument?
    /// The time from which its age counts: when its own request was sent, less the age that it came with.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3
    package let generatedAt: ContinuousClock.Instant
    /// Differs from that of earlier responses in the same slot; the same after a revalidation.
    package let generation: UInt64
    /// The header fields to revalidate with.
    package let validators: Validators
    /// The writes that it knows of: when its call began.
    let startedAt: InvalidationLog.Epoch
    /// The hashes of the keys of the objects that it lists.
    let keyHashes: [UInt32]
    /// Whether it was cut from another response: it is not refreshed, but cut anew from a newer one.
    var isCut = false

    /// The memory that it takes up outside of itself.
    var allocatedBytes: Int {
        (document?.memoryFootprint ?? 0) + AllocatedBytes.array(keyHashes) + validators.allocatedBytes
    }

    /// The validators of a response, by which the upstream decides whether it is still current.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8
    package struct Validators: Sendable, Hashable {
        package var entityTag: String?
        package var lastModified: String?

        package init(entityTag: String? = nil, lastModified: String? = nil) {
            self.entityTag = entityTag
            self.lastModified = lastModified
        }

        /// The memory that they take up outside of themselves.
        var allocatedBytes: Int { AllocatedBytes.string(entityTag) + AllocatedBytes.string(lastModified) }

        /// Whether there is nothing to revalidate with.
        var isEmpty: Bool { entityTag == nil && lastModified == nil }
    }
}
