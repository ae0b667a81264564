internal import Caching
private import GraphQL
private import JSON
private import Synchronization

/// Responses and where entities are in them, in the memory of this process: bounded in bytes, in shards that are locked one by
/// one.
package final class InMemoryResponseStore: ResponseStore {
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
        let responses: Mutex<SieveCache<CacheKey, CachedResponse>>
        let slots: Mutex<SieveCache<EntityKey, Slot>>

        init(capacity: Int) {
            responses = Mutex(SieveCache(maximumBytes: capacity / 8 * 7))
            slots = Mutex(SieveCache(maximumBytes: capacity / 8))
        }
    }

    private let capacity: Int
    private let shards: [Shard]
    private let changes = ChangeCounts()
    private let logs: [InvalidationLog]

    /// A name longer than this counts in full for each entity of its response, as any of them may be the last to hold it.
    private static let longestSharedName = 256

    /// What allocations of so many bytes cost, with the room that lies idle between them.
    private static func memory(of bytes: Int) -> Int { bytes + bytes / 16 }

    package var memoryUse: (bytes: Int, capacity: Int)? { (cost, capacity) }

    /// The memory that all entries take up, as it is counted.
    var cost: Int {
        shards.reduce(0) { $0 + $1.responses.withLock(\.cost) + $1.slots.withLock(\.cost) }
    }

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - capacity: the most bytes of all entries together.
    ///   - workspaces: how many workspaces there are.
    ///   - shardCount: how many parts are locked apart.
    package init(capacity: Int = 64 << 20, workspaces: Int, shardCount: Int = 8) {
        logs = (0..<workspaces).map { _ in InvalidationLog() }
        self.capacity = capacity
        shards = (0..<max(1, shardCount)).map { _ in Shard(capacity: capacity / max(1, shardCount)) }
    }

    // PERF: by the upper bits: within a shard entries lie by the lower ones, which would be the same for all of them.
    private func shard(_ hash: Int) -> Shard { shards[Int((UInt(bitPattern: hash) >> 32) % UInt(shards.count))] }

    package func response(for key: CacheKey) -> StoredResponse {
        shard(key.hashValue).responses.withLock { $0.value(for: key) }.map { .found($0) } ?? .absent
    }

    package func store(
        _ response: CachedResponse,
        entities: ResponseEntities?,
        for key: CacheKey,
        if condition: StoreCondition
    ) {
        let cost = Self.memory(of: response.allocatedBytes + key.allocatedBytes)
        let compacted = key.compacted
        let dropped = shard(key.hashValue).responses.withLock { responses -> [CachedResponse] in
            guard condition.holds(for: response, over: responses.value(for: compacted)) else { return [] }
            return responses.insert(response, for: compacted, cost: cost)
        }
        if case .always = condition { changes.count(in: key.scope) }
        // Evicted values are released after the lock.
        withExtendedLifetime(dropped) {}
        if let entities { index(entities, in: response, for: key) }
    }

    package func remove(_ key: CacheKey) -> Bool {
        let removed = shard(key.hashValue).responses.withLock { $0.removeValue(for: key) }
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
        // Entities may have been found in the responses before this one until now.
        if !entities.nodes.isEmpty { changes.count(in: key.scope) }
    }

    package func entity(for key: EntityKey) -> CachedEntity? {
        guard let slot = shard(key.hashValue).slots.withLock({ $0.value(for: key) }),
            case .found(let response) = response(for: slot.response.key), response.generation == slot.generation,
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

    package func removeEntity(_ key: EntityKey) -> Bool {
        shard(key.hashValue).slots.withLock { $0.removeValue(for: key) } != nil
    }
}
