internal import Caching
private import GraphQL
private import JSON
private import Synchronization

/// A response store in the memory of this process: bounded in bytes, in shards with a lock each.
package final class InMemoryResponseStore: ResponseStore {
    /// The key of a response, shared by the slots of the entities in it.
    private final class ResponseName: Sendable {
        let key: CacheKey

        init(_ key: CacheKey) { self.key = key }
    }

    /// The position of an entity: a node of the cached response of a generation.
    private struct Slot: Sendable {
        let response: ResponseName
        let generation: UInt64
        let node: Int
    }

    private struct Responses {
        var cache: SieveCache<CacheKey, CachedResponse>
        /// Replaced responses by generation, until the entities of their replacements are indexed: entities are read from them
        /// meanwhile.
        var replaced: [UInt64: CachedResponse] = [:]

        /// The cached response for a key that has a generation, replaced or not; nil if it is not stored any more.
        mutating func response(for key: CacheKey, generation: UInt64) -> CachedResponse? {
            guard let response = cache.value(for: key) else { return nil }
            return response.generation == generation ? response : replaced[generation]
        }
    }

    private final class Shard: Sendable {
        let responses: Mutex<Responses>
        let slots: Mutex<SieveCache<EntityKey, Slot>>

        init(capacity: Int) {
            responses = Mutex(Responses(cache: SieveCache(maximumBytes: Self.responseCapacity(capacity))))
            slots = Mutex(SieveCache(maximumBytes: capacity / 8))
        }

        /// The bytes of a shard's capacity that are for responses.
        static func responseCapacity(_ capacity: Int) -> Int { capacity / 8 * 7 }
    }

    private let capacity: Int
    private let shards: [Shard]
    private let changes = ChangeCounts()
    private let logs: [InvalidationLog]

    /// A key longer than this, in bytes, counts in full for each entity of its response, as any of them may be the last to hold it.
    private static let longestSharedName = 256

    /// The bytes of memory that allocations cost, including the unused space between them.
    private static func memory(of bytes: Int) -> Int { bytes + bytes / 16 }

    private static func cost(of response: CachedResponse, for key: CacheKey) -> Int {
        memory(of: response.allocatedBytes + key.allocatedBytes)
    }

    package func excess(of response: CachedResponse, for key: CacheKey) -> (bytes: Int, maximumBytes: Int)? {
        let cost = Self.cost(of: response, for: key)
        let most = Shard.responseCapacity(capacity / shards.count) - SieveCache<CacheKey, CachedResponse>.bytesPerEntry
        return cost > most ? (cost, most) : nil
    }

    package var memoryUse: (bytes: Int, capacity: Int)? { (cost, capacity) }

    /// The bytes that all entries take up, as the caches count them.
    var cost: Int {
        shards.reduce(0) { $0 + $1.responses.withLock(\.cache.cost) + $1.slots.withLock(\.cost) }
    }

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all entries together.
    ///   - workspaces: the number of workspaces.
    ///   - shardCount: the number of shards.
    package init(capacity: Int = 64 << 20, workspaces: Int, shardCount: Int = 8) {
        logs = (0..<workspaces).map { _ in InvalidationLog() }
        self.capacity = capacity
        shards = (0..<max(1, shardCount)).map { _ in Shard(capacity: capacity / max(1, shardCount)) }
    }

    // PERF: by the upper bits: within a shard entries are placed by the lower ones, which would be equal for all of them.
    private func shard(_ hash: Int) -> Shard { shards[Int((UInt(bitPattern: hash) >> 32) % UInt(shards.count))] }

    package func response(for key: CacheKey) -> StoredResponse {
        shard(key.hashValue).responses.withLock { $0.cache.value(for: key) }.map { .found($0) } ?? .absent
    }

    package func store(
        _ response: CachedResponse,
        entities: ResponseEntities?,
        for key: CacheKey,
        if condition: StoreCondition
    ) {
        let cost = Self.cost(of: response, for: key)
        let compacted = key.compacted
        let shard = shard(key.hashValue)
        var (isStored, replaced): (Bool, CachedResponse?) = (false, nil)
        let dropped = shard.responses.withLock { responses -> [CachedResponse] in
            let stored = responses.cache.value(for: compacted)
            guard condition.holds(for: response, over: stored) else { return [] }
            isStored = true
            if entities != nil, let stored, stored.generation != response.generation {
                replaced = stored
                responses.replaced[stored.generation] = stored
            }
            return responses.cache.insert(response, for: compacted, cost: cost)
        }
        if case .always = condition { changes.count(in: key.scope) }
        // Evicted values are released after the lock.
        withExtendedLifetime(dropped) {}
        // Entities of a response that is not stored cannot be read.
        guard isStored, let entities else { return }
        index(entities, in: response, for: key)
        if let replaced { _ = shard.responses.withLock { $0.replaced.removeValue(forKey: replaced.generation) } }
    }

    package func remove(_ key: CacheKey) -> Bool {
        let removed = shard(key.hashValue).responses.withLock { $0.cache.removeValue(for: key) }
        if removed != nil { changes.count(in: key.scope) }
        return removed != nil
    }

    package func changes(in scope: CacheScope) -> UInt64 { changes.number(in: scope) }

    package func invalidations(of workspace: Int) -> InvalidationLog { logs[workspace] }

    // MARK: - Entities

    private func index(_ entities: ResponseEntities, in response: CachedResponse, for key: CacheKey) {
        let name = ResponseName(key.compacted)
        let nameBytes = AllocatedBytes.object(MemoryLayout<CacheKey>.size) + name.key.allocatedBytes
        let share = nameBytes > Self.longestSharedName ? nameBytes : nameBytes / max(1, entities.nodes.count)
        for entry in entities.nodes {
            let text = entry.key.compacted
            let entity = EntityKey(
                workspace: key.workspace,
                scope: key.scope,
                type: entities.type,
                key: ExactString(text)
            )
            let slot = Slot(response: name, generation: response.generation, node: entry.node)
            let cost = Self.memory(of: share + AllocatedBytes.string(text))
            _ = shard(entity.hashValue).slots.withLock { $0.insert(slot, for: entity, cost: cost) }
        }
        // Until now, entities may have been read from the responses before this one.
        if !entities.nodes.isEmpty { changes.count(in: key.scope) }
    }

    package func entity(for key: EntityKey) -> CachedEntity? {
        let slots = shard(key.hashValue)
        var slot = slots.slots.withLock { $0.value(for: key) }
        while let known = slot {
            let name = known.response.key
            let response = shard(name.hashValue).responses.withLock {
                $0.response(for: name, generation: known.generation)
            }
            if let response { return CachedEntity(node: known.node, of: response, for: name) }
            // Another response may have replaced that one since its slot was read.
            slot = slots.slots.withLock { $0.value(for: key) }
            if slot?.generation == known.generation { return nil }
        }
        return nil
    }

    package func removeEntity(_ key: EntityKey) -> Bool {
        shard(key.hashValue).slots.withLock { $0.removeValue(for: key) } != nil
    }
}
