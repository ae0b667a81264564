internal import Caching
package import GraphQL
private import Synchronization

/// A response of the upstream that is cached.
// PERF: an object, as it is handed on at each use: a copy of its parts retains five of them.
package final class CachedResponse: Sendable {
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
    package let startedAt: InvalidationLog.Epoch
    /// The hashes of the keys of the objects that it lists.
    package let keyHashes: [UInt32]
    /// Whether it was cut from another response: it is not refreshed, but cut anew from a newer one.
    package let isCut: Bool
    /// What has been made of it lately, and is dropped with it.
    private let derived = Mutex<[any AnyObject & Sendable]>([])

    private static let generations = Atomic<UInt64>(0)

    /// Puts a response together.
    ///
    /// - Parameters:
    ///   - document: the response; nil: the upstream has no such thing.
    ///   - validators: the header fields to revalidate it with.
    ///   - generatedAt: the time from which its age counts.
    ///   - startedAt: the writes that it knows of.
    ///   - keyHashes: the hashes of the keys of the objects that it lists.
    ///   - isCut: whether it was cut from another response.
    package init(
        _ document: SourceDocument?,
        validators: Validators = Validators(),
        generatedAt: ContinuousClock.Instant,
        startedAt: InvalidationLog.Epoch,
        keyHashes: [UInt32] = [],
        isCut: Bool = false
    ) {
        self.document = document
        self.generatedAt = generatedAt
        generation = Self.generations.add(1, ordering: .relaxed).newValue
        self.validators = validators
        self.startedAt = startedAt
        self.keyHashes = keyHashes
        self.isCut = isCut
    }

    private init(
        _ other: CachedResponse,
        generatedAt: ContinuousClock.Instant,
        startedAt: InvalidationLog.Epoch,
        isCut: Bool
    ) {
        document = other.document
        self.generatedAt = generatedAt
        generation = other.generation
        validators = other.validators
        self.startedAt = startedAt
        keyHashes = other.keyHashes
        self.isCut = isCut
    }

    /// The same response, fresh again, as the upstream said that it has not changed.
    func revalidated(at generatedAt: ContinuousClock.Instant, startedAt: InvalidationLog.Epoch) -> CachedResponse {
        CachedResponse(self, generatedAt: generatedAt, startedAt: startedAt, isCut: false)
    }

    /// The same response, of which it is known that no write before an epoch concerns it.
    package func current(at startedAt: InvalidationLog.Epoch) -> CachedResponse {
        CachedResponse(self, generatedAt: generatedAt, startedAt: startedAt, isCut: isCut)
    }

    /// Finds something that has been made of the response.
    ///
    /// - Parameters:
    ///   - type: its type.
    ///   - isWanted: whether it is what is looked for.
    /// - Returns: nil if there is none, or others have been made since.
    func derived<Value: AnyObject>(_ type: Value.Type, where isWanted: (Value) -> Bool) -> Value? {
        for case let value as Value in derived.withLock({ $0 }) where isWanted(value) { return value }
        return nil
    }

    /// Keeps something that was made of the response, in place of the oldest if there are as many as may be.
    ///
    /// - Parameter value: takes up no more memory than a few hundred bytes, and eight for each object that the response lists.
    func add(derived value: any AnyObject & Sendable) {
        let dropped = derived.withLock { values in
            defer { values.append(value) }
            return values.count < Self.maximumDerived ? nil : values.removeFirst()
        }
        withExtendedLifetime(dropped) {}
    }

    private static let maximumDerived = 2

    /// The memory that it takes up, with that of what may be made of it.
    var allocatedBytes: Int {
        let derived = keyHashes.isEmpty ? 0 : Self.maximumDerived * (Self.derivedBytes + 8 * keyHashes.count)
        return Self.ownBytes + (document?.memoryFootprint ?? 0) + AllocatedBytes.array(keyHashes)
            + validators.allocatedBytes
            + derived
    }

    private static let derivedBytes = 512

    private static let ownBytes = AllocatedBytes.object(
        MemoryLayout<SourceDocument?>.stride + MemoryLayout<ContinuousClock.Instant>.stride
            + MemoryLayout<UInt64>.stride + MemoryLayout<Validators>.stride + MemoryLayout<InvalidationLog.Epoch>.stride
            + MemoryLayout<[UInt32]>.stride + MemoryLayout<Bool>.stride + 2 * MemoryLayout<[UInt32]>.stride
    )

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

        /// Whether a 304 with these validators is that of another version: its entity tag is strong, and another one.
        ///
        /// https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
        func isContradicted(by other: Validators) -> Bool {
            guard let entityTag, let new = other.entityTag, !new.hasPrefix("W/") else { return false }
            return (entityTag.hasPrefix("W/") ? String(entityTag.dropFirst(2)) : entityTag) != new
        }

        /// Whether there is nothing to revalidate with.
        var isEmpty: Bool { entityTag == nil && lastModified == nil }
    }
}
