internal import Caching
package import GraphQL
private import Synchronization

/// A cached response of the upstream.
// PERF: an object, because it is passed on at each use: a copy of its parts retains five of them.
package final class CachedResponse: Sendable {
    /// The response's document; nil: the upstream reported that the object does not exist.
    package let document: SourceDocument?
    /// The time from which its age counts: the time at which its request was sent, less the age that it had on arrival.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9111#section-4.2.3
    package let generatedAt: ContinuousClock.Instant
    /// A number that identifies the content: a later response for the same key has another one, a revalidated response the same.
    package let generation: UInt64
    /// The validators with which it is revalidated.
    package let validators: Validators
    /// The epoch at which its call began: it reflects the writes before it.
    package let startedAt: InvalidationLog.Epoch
    /// The hashes of the keys of the objects that it lists.
    package let keyHashes: [UInt32]
    /// Whether it was cut from another response: it is not refreshed, but cut again from a newer response.
    package let isCut: Bool
    /// The values that were recently derived from the response, cached as long as it is.
    private let derived = Mutex<[any AnyObject & Sendable]>([])

    private static let generations = Atomic<UInt64>(0)

    /// Makes a response.
    ///
    /// - Parameters:
    ///   - document: the document; nil: the upstream reported that the object does not exist.
    ///   - validators: the header fields to revalidate it with.
    ///   - generatedAt: the time from which its age counts.
    ///   - startedAt: the epoch at which its call began.
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

    /// The same response, fresh again, after the upstream responded that it has not changed.
    func revalidated(at generatedAt: ContinuousClock.Instant, startedAt: InvalidationLog.Epoch) -> CachedResponse {
        CachedResponse(self, generatedAt: generatedAt, startedAt: startedAt, isCut: false)
    }

    /// The same response as of a later epoch, because no write before that concerns it.
    package func current(at startedAt: InvalidationLog.Epoch) -> CachedResponse {
        CachedResponse(self, generatedAt: generatedAt, startedAt: startedAt, isCut: isCut)
    }

    /// Finds a value that was derived from the response.
    ///
    /// - Parameters:
    ///   - type: its type.
    ///   - isWanted: whether a value is the wanted one.
    /// - Returns: the value; nil if none is stored any more.
    func derived<Value: AnyObject>(_ type: Value.Type, where isWanted: (Value) -> Bool) -> Value? {
        for case let value as Value in derived.withLock({ $0 }) where isWanted(value) { return value }
        return nil
    }

    /// Stores a value that was derived from the response, in place of the oldest if there are two.
    ///
    /// - Parameter value: takes up at most 512 bytes of memory, and eight more for each object that the response lists.
    func add(derived value: any AnyObject & Sendable) {
        let dropped = derived.withLock { values in
            defer { values.append(value) }
            return values.count < Self.maximumDerived ? nil : values.removeFirst()
        }
        withExtendedLifetime(dropped) {}
    }

    private static let maximumDerived = 2

    /// The bytes that it takes up, including those reserved for derived values.
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
        /// The value of the header field `ETag`.
        package var entityTag: String?
        /// The value of the header field `Last-Modified`.
        package var lastModified: String?

        package init(entityTag: String? = nil, lastModified: String? = nil) {
            self.entityTag = entityTag
            self.lastModified = lastModified
        }

        /// The bytes that they take up outside of themselves.
        var allocatedBytes: Int { AllocatedBytes.string(entityTag) + AllocatedBytes.string(lastModified) }

        /// Whether status 304 with other validators confirms another version: its entity tag is strong, and differs from this one.
        ///
        /// https://www.rfc-editor.org/rfc/rfc9111#section-4.3.4
        func isContradicted(by other: Validators) -> Bool {
            guard let entityTag, let new = other.entityTag, !new.hasPrefix("W/") else { return false }
            return (entityTag.hasPrefix("W/") ? String(entityTag.dropFirst(2)) : entityTag) != new
        }

        /// Whether the response cannot be revalidated.
        var isEmpty: Bool { entityTag == nil && lastModified == nil }
    }
}
