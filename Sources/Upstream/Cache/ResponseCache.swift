package import GraphQL
package import JSON
private import Synchronization

/// Who may see an answer: the credential that fetched it, or everyone of the workspace.
package enum CacheScope: Sendable, Hashable {
    case credential(Credential)
    case workspace
}

/// What names an answer: https://www.rfc-editor.org/rfc/rfc9111#section-2 with the credential as part of the key.
package struct CacheKey: Sendable, Hashable {
    package let workspace: Int
    package let scope: CacheScope
    package let path: String
}

/// An upstream answer that is kept.
package struct CachedResponse: Sendable {
    /// Nil: the upstream has no such thing.
    package let document: SourceDocument?
    package let storedAt: ContinuousClock.Instant
    /// Told apart from what stood here before; the same after a revalidation.
    package let generation: UInt64
    /// The header fields to revalidate with.
    package let validators: Validators
    /// The writes that it knows of: when its call began.
    let startedAt: InvalidationLog.Epoch

    /// What tells whether an answer is still right.
    ///
    /// https://www.rfc-editor.org/rfc/rfc9110#section-8.8
    package struct Validators: Sendable, Hashable {
        package var entityTag: String?
        package var lastModified: String?

        package init(entityTag: String? = nil, lastModified: String? = nil) {
            self.entityTag = entityTag
            self.lastModified = lastModified
        }
    }

    /// The answer as the outcome of a call.
    package var outcome: CallOutcome { document.map { .answered($0) } ?? .missing }
}

/// Answers and where entities stand in them, bounded in bytes, in shards that are locked one by one.
package final class ResponseCache: Sendable {
    /// An entity of a workspace, as one scope sees it.
    package struct EntityKey: Sendable, Hashable {
        package let workspace: Int
        package let scope: CacheScope
        package let type: TypeID
        package let key: ExactString
    }

    /// Where an entity stands: a node of a kept answer of that generation.
    private struct EntityLocation: Sendable {
        let answer: CacheKey
        let generation: UInt64
        let node: Int
    }

    /// An entity that was found.
    package struct Entity: Sendable {
        package let document: SourceDocument
        package let node: Int
        package let storedAt: ContinuousClock.Instant
        package let answer: CacheKey
        let startedAt: InvalidationLog.Epoch
    }

    private final class Shard: Sendable {
        let answers: Mutex<SieveCache<Hashed<CacheKey>, CachedResponse>>
        let entities: Mutex<SieveCache<Hashed<EntityKey>, EntityLocation>>

        init(capacity: Int) {
            answers = Mutex(SieveCache(capacity: capacity / 8 * 7))
            entities = Mutex(SieveCache(capacity: capacity / 8))
        }
    }

    private let shards: [Shard]
    private let generations = Atomic<UInt64>(0)
    private let changes = ChangeCounts()

    /// What an entry costs beside its document: keys, bookkeeping.
    private static let overhead = 600
    /// What the place of an entity costs beside its key: it is there twice, as a key and as an entry.
    private static let entityOverhead = 384

    /// What an allocation of so many bytes costs, with the room that lies idle between allocations.
    private static func memory(of bytes: Int) -> Int { bytes + bytes / 16 }

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all entries together.
    ///   - shardCount: how many parts are locked apart.
    package init(capacity: Int, shardCount: Int = 8) {
        shards = (0..<max(1, shardCount)).map { _ in Shard(capacity: capacity / max(1, shardCount)) }
    }

    /// A key that is hashed once, for its shard and within it.
    private struct Hashed<Key: Hashable & Sendable>: Hashable, Sendable {
        let key: Key
        let hash: Int

        init(_ key: Key) {
            self.key = key
            hash = key.hashValue
        }

        static func == (left: Hashed, right: Hashed) -> Bool { left.hash == right.hash && left.key == right.key }

        func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    }

    private func shard(_ hash: Int) -> Shard { shards[Int(UInt(bitPattern: hash) % UInt(shards.count))] }

    /// The answer that is kept for a key, whatever its age.
    package func answer(for key: CacheKey) -> CachedResponse? {
        let key = Hashed(key)
        return shard(key.hash).answers.withLock { $0.value(for: key) }
    }

    /// Keeps an answer.
    @discardableResult
    package func store(
        _ document: SourceDocument?,
        validators: CachedResponse.Validators = CachedResponse.Validators(),
        for key: CacheKey,
        at instant: ContinuousClock.Instant,
        startedAt: UInt64 = 0
    ) -> CachedResponse {
        let answer = CachedResponse(
            document: document,
            storedAt: instant,
            generation: generations.add(1, ordering: .relaxed).newValue,
            validators: validators,
            startedAt: startedAt
        )
        insert(answer, for: key)
        return answer
    }

    /// Drops an answer.
    package func remove(_ key: CacheKey) {
        let key = Hashed(key)
        let removed = shard(key.hash).answers.withLock { $0.removeValue(for: key) }
        if removed != nil { changes.count(in: key.key.scope) }
    }

    /// Marks an answer as fresh again after the upstream said that it has not changed.
    package func refresh(
        _ answer: CachedResponse,
        for key: CacheKey,
        at instant: ContinuousClock.Instant,
        startedAt: UInt64 = 0
    ) {
        let refreshed = CachedResponse(
            document: answer.document,
            storedAt: instant,
            generation: answer.generation,
            validators: answer.validators,
            startedAt: startedAt
        )
        insert(refreshed, for: key)
    }

    /// Puts what is known of a response by now in its place, unless another one has come in the meantime.
    ///
    /// - Parameters:
    ///   - cached: the response.
    ///   - document: what it has become; nil: it is the same.
    ///   - key: what names it.
    ///   - startedAt: the writes that it knows of now.
    /// - Returns: the response as it is now, which is as old as before.
    func replace(
        _ cached: CachedResponse,
        by document: SourceDocument?,
        for key: CacheKey,
        startedAt: InvalidationLog.Epoch
    ) -> CachedResponse {
        let response = CachedResponse(
            document: document ?? cached.document,
            storedAt: cached.storedAt,
            generation: document == nil
                ? cached.generation : generations.add(1, ordering: .relaxed).newValue,
            validators: document == nil ? cached.validators : CachedResponse.Validators(),
            startedAt: startedAt
        )
        let bytes = response.document?.json.memoryFootprint ?? 0
        let cost = Self.memory(of: bytes) + key.path.utf8.count + Self.overhead
        let hashed = Hashed(key)
        shard(hashed.hash).answers.withLock { answers in
            guard answers.value(for: hashed)?.generation == cached.generation else { return }
            _ = answers.insert(response, for: hashed, cost: cost)
        }
        return response
    }

    private func insert(_ answer: CachedResponse, for key: CacheKey) {
        let cost = Self.memory(of: answer.document?.json.memoryFootprint ?? 0) + key.path.utf8.count + Self.overhead
        let hashed = Hashed(key)
        _ = shard(hashed.hash).answers.withLock { $0.insert(answer, for: hashed, cost: cost) }
        changes.count(in: key.scope)
    }

    /// How often anything has changed that a scope sees: it grows with each answer, once that can be seen.
    ///
    /// Answers that are dropped do not count.
    func changes(in scope: CacheScope) -> UInt64 { changes.number(in: scope) }

    /// Notes where entities of a type stand in an answer.
    package func index(
        _ nodes: [(key: String, node: Int)],
        of type: TypeID,
        in answer: CachedResponse,
        for key: CacheKey
    ) {
        for entry in nodes {
            let entity = Hashed(
                EntityKey(workspace: key.workspace, scope: key.scope, type: type, key: ExactString(entry.key))
            )
            let location = EntityLocation(answer: key, generation: answer.generation, node: entry.node)
            _ = shard(entity.hash).entities.withLock {
                $0.insert(location, for: entity, cost: Self.entityOverhead + entry.key.utf8.count)
            }
        }
        // Entities may have been found in the answers before this one until now.
        if !nodes.isEmpty { changes.count(in: key.scope) }
    }

    /// The entity in the answer that it was last seen in, if that is still kept.
    package func entity(for key: EntityKey) -> Entity? {
        let key = Hashed(key)
        guard let location = shard(key.hash).entities.withLock({ $0.value(for: key) }),
            let answer = answer(for: location.answer), answer.generation == location.generation,
            let document = answer.document
        else { return nil }
        return Entity(
            document: document,
            node: location.node,
            storedAt: answer.storedAt,
            answer: location.answer,
            startedAt: answer.startedAt
        )
    }
}
