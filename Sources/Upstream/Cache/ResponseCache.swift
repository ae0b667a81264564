internal import Caching
internal import GraphQL
internal import JSON
private import Synchronization

/// Responses and where entities are in them, bounded in bytes, in shards that are locked one by one.
final class ResponseCache: Sendable {
    /// The entities of a response.
    struct Entities: Sendable {
        let type: TypeID
        /// Their keys, and the nodes of their objects.
        let nodes: [(key: String, node: Int)]
        /// Whether the response lists them.
        let isList: Bool

        /// The hashes of the keys of listed entities.
        var keyHashes: [UInt32] { isList ? nodes.map { AbsenceLog.hash(ofKey: $0.key) } : [] }
    }

    /// What names a response, shared by the entities that are in it.
    private final class ResponseName: Sendable {
        let key: CacheKey

        init(_ key: CacheKey) { self.key = key }
    }

    /// Where an entity is: a node of a cached response of that generation.
    private struct Slot: Sendable {
        let response: ResponseName
        let generation: UInt64
        let node: Int
    }

    private final class Shard: Sendable {
        let responses: Mutex<SieveCache<Hashed<CacheKey>, CachedResponse>>
        let slots: Mutex<SieveCache<Hashed<EntityKey>, Slot>>

        init(capacity: Int) {
            responses = Mutex(SieveCache(maximumBytes: capacity / 8 * 7))
            slots = Mutex(SieveCache(maximumBytes: capacity / 8))
        }
    }

    private let shards: [Shard]
    private let generations = Atomic<UInt64>(0)
    private let changes = ChangeCounts()

    /// A name longer than this counts in full for each entity of its response, as any of them may be the last to hold it.
    private static let longestSharedName = 256

    /// What allocations of so many bytes cost, with the room that lies idle between them.
    private static func memory(of bytes: Int) -> Int { bytes + bytes / 16 }

    /// The memory that all entries take up, as it is counted.
    var cost: Int {
        shards.reduce(0) { $0 + $1.responses.withLock(\.cost) + $1.slots.withLock(\.cost) }
    }

    /// Makes a cache.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all entries together.
    ///   - shardCount: how many parts are locked apart.
    init(capacity: Int, shardCount: Int = 8) {
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

    /// The response that is cached for a key, whatever its age.
    func response(for key: CacheKey) -> CachedResponse? {
        let key = Hashed(key)
        return shard(key.hash).responses.withLock { $0.value(for: key) }
    }

    /// Stores a response.
    ///
    /// - Parameters:
    ///   - document: the response; nil: the upstream has no such thing.
    ///   - validators: the header fields to revalidate it with.
    ///   - entities: the entities that are in it.
    ///   - key: its cache key.
    ///   - generatedAt: the time from which its age counts.
    ///   - startedAt: the writes that it knows of.
    func store(
        _ document: SourceDocument?,
        validators: CachedResponse.Validators = CachedResponse.Validators(),
        entities: Entities? = nil,
        for key: CacheKey,
        at generatedAt: ContinuousClock.Instant,
        startedAt: InvalidationLog.Epoch
    ) {
        let response = CachedResponse(
            document: document,
            generatedAt: generatedAt,
            generation: generations.add(1, ordering: .relaxed).newValue,
            validators: validators,
            startedAt: startedAt,
            keyHashes: entities?.keyHashes ?? []
        )
        insert(response, for: key)
        if let entities { index(entities, in: response, for: key) }
    }

    /// Stores a list that was cut from another response, unless what is stored is newer.
    ///
    /// It shows nothing that could not be seen before, so that it does not count as a change.
    func storeCut(
        _ document: SourceDocument,
        keyHashes: [UInt32],
        for key: CacheKey,
        at generatedAt: ContinuousClock.Instant,
        startedAt: InvalidationLog.Epoch
    ) {
        let response = CachedResponse(
            document: document,
            generatedAt: generatedAt,
            generation: generations.add(1, ordering: .relaxed).newValue,
            validators: CachedResponse.Validators(),
            startedAt: startedAt,
            keyHashes: keyHashes,
            isCut: true
        )
        let cost = Self.cost(of: response, key)
        let hashed = Hashed(key)
        let dropped = shard(hashed.hash).responses.withLock { responses -> [CachedResponse] in
            if let known = responses.value(for: hashed),
                (known.generatedAt, known.startedAt) >= (generatedAt, startedAt)
            {
                return []
            }
            return responses.insert(response, for: hashed, cost: cost)
        }
        withExtendedLifetime(dropped) {}
    }

    /// Marks a response as fresh again after the upstream said that it has not changed.
    func refresh(
        _ response: CachedResponse,
        for key: CacheKey,
        at generatedAt: ContinuousClock.Instant,
        startedAt: InvalidationLog.Epoch
    ) {
        let refreshed = CachedResponse(
            document: response.document,
            generatedAt: generatedAt,
            generation: response.generation,
            validators: response.validators,
            startedAt: startedAt,
            keyHashes: response.keyHashes
        )
        insert(refreshed, for: key)
    }

    /// Puts what is known of a response by now in its place, unless another one has come in the meantime.
    ///
    /// - Parameters:
    ///   - old: the response.
    ///   - document: what it has become; nil: it is the same.
    ///   - entities: the entities that are in the new document.
    ///   - key: its cache key.
    ///   - startedAt: the writes that it knows of now.
    /// - Returns: the response as it is now, which is as old as before.
    func replace(
        _ old: CachedResponse,
        by document: SourceDocument?,
        entities: Entities? = nil,
        for key: CacheKey,
        startedAt: InvalidationLog.Epoch
    ) -> CachedResponse {
        let replaced = CachedResponse(
            document: document ?? old.document,
            generatedAt: old.generatedAt,
            generation: document == nil ? old.generation : generations.add(1, ordering: .relaxed).newValue,
            validators: document == nil ? old.validators : CachedResponse.Validators(),
            startedAt: startedAt,
            keyHashes: entities.map(\.keyHashes) ?? old.keyHashes,
            isCut: old.isCut
        )
        let hashed = Hashed(key.compacted)
        let cost = Self.cost(of: replaced, key)
        let dropped = shard(hashed.hash).responses.withLock { responses -> [CachedResponse] in
            guard responses.value(for: hashed)?.generation == old.generation else { return [] }
            return responses.insert(replaced, for: hashed, cost: cost)
        }
        withExtendedLifetime(dropped) {}
        if let entities { index(entities, in: replaced, for: key) }
        return replaced
    }

    /// Drops a response; false if there is none.
    func remove(_ key: CacheKey) -> Bool {
        let hashed = Hashed(key)
        let removed = shard(hashed.hash).responses.withLock { $0.removeValue(for: hashed) }
        if removed != nil { changes.count(in: key.scope) }
        return removed != nil
    }

    private static func cost(of response: CachedResponse, _ key: CacheKey) -> Int {
        memory(of: response.allocatedBytes + key.allocatedBytes)
    }

    private func insert(_ response: CachedResponse, for key: CacheKey) {
        let cost = Self.cost(of: response, key)
        let hashed = Hashed(key.compacted)
        let dropped = shard(hashed.hash).responses.withLock { $0.insert(response, for: hashed, cost: cost) }
        changes.count(in: key.scope)
        // Evicted values are released after the lock.
        withExtendedLifetime(dropped) {}
    }

    /// How often anything has changed that a scope sees: it grows with each response, once that can be seen.
    ///
    /// Responses that are evicted do not count.
    func changes(in scope: CacheScope) -> UInt64 { changes.number(in: scope) }

    // MARK: - Entities

    private func index(_ entities: Entities, in response: CachedResponse, for key: CacheKey) {
        let name = ResponseName(key.compacted)
        let nameBytes = AllocatedBytes.object(MemoryLayout<CacheKey>.size) + name.key.allocatedBytes
        let share = nameBytes > Self.longestSharedName ? nameBytes : nameBytes / max(1, entities.nodes.count)
        for entry in entities.nodes {
            let text = entry.key.compacted
            let entity = Hashed(
                EntityKey(workspace: key.workspace, scope: key.scope, type: entities.type, key: ExactString(text))
            )
            let slot = Slot(response: name, generation: response.generation, node: entry.node)
            let cost = Self.memory(of: share + AllocatedBytes.string(text))
            _ = shard(entity.hash).slots.withLock { $0.insert(slot, for: entity, cost: cost) }
        }
        // Entities may have been found in the responses before this one until now.
        if !entities.nodes.isEmpty { changes.count(in: key.scope) }
    }

    /// The entity in the response that it was last seen in, if that is still cached.
    func entity(for key: EntityKey) -> CachedEntity? {
        let key = Hashed(key)
        guard let slot = shard(key.hash).slots.withLock({ $0.value(for: key) }),
            let response = response(for: slot.response.key), response.generation == slot.generation,
            let document = response.document
        else { return nil }
        return CachedEntity(
            document: document,
            node: slot.node,
            generatedAt: response.generatedAt,
            response: slot.response.key,
            startedAt: response.startedAt
        )
    }

    /// Forgets where an entity was seen; false if it was not.
    func removeEntity(_ key: EntityKey) -> Bool {
        let key = Hashed(key)
        return shard(key.hash).slots.withLock { $0.removeValue(for: key) } != nil
    }
}
