/// Where responses of the upstream are stored, and what has ended of them.
///
/// What is at hand decides which calls are planned; a response that comes later is waited for just before its call would be
/// made, so that a store can be shared with other processes. All functions return at once: they are called on
/// event loops.
package protocol ResponseStore: Sendable {
    /// The bytes that the responses take up in this process, and the most that they may; nil: it is not known.
    var memoryUse: (bytes: Int, capacity: Int)? { get }

    /// The memory that a response would take up, and the most that it may, if it is too large to be stored; nil: it is not.
    func excess(of response: CachedResponse, for key: CacheKey) -> (bytes: Int, maximumBytes: Int)?

    /// The response that is stored for a key, whatever its age.
    func response(for key: CacheKey) -> StoredResponse

    /// An entity in the response that it was last seen in, if that response is at hand.
    func entity(for key: EntityKey) -> CachedEntity?

    /// Stores a response.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - entities: the entities that are in it, to be found by their keys; nil: none, or those that were known before.
    ///   - key: its cache key.
    ///   - condition: under which it is stored.
    func store(_ response: CachedResponse, entities: ResponseEntities?, for key: CacheKey, if condition: StoreCondition)

    /// Drops a response; false if there is none.
    func remove(_ key: CacheKey) -> Bool

    /// Drops where an entity was seen, as the upstream has said that there is none; false if it was not seen.
    func removeEntity(_ key: EntityKey) -> Bool

    /// How often anything has changed that a scope sees: it grows with each response, once that can be seen.
    ///
    /// Responses that are evicted do not count.
    func changes(in scope: CacheScope) -> UInt64

    /// The invalidations of a workspace, by which the epoch of a response shows whether it is current.
    func invalidations(of workspace: Int) -> InvalidationLog

    /// Ends what a write has changed; when this returns, nothing older than the write is used any more in this process.
    ///
    /// - Parameters:
    ///   - scope: what the write may have changed.
    ///   - workspace: where.
    ///   - startedAt: the epoch in which it began.
    /// - Returns: the epoch in which its own response is current; nil if another write of the same object ended meanwhile.
    func invalidate(
        _ scope: InvalidationScope,
        in workspace: Int,
        startedAt: InvalidationLog.Epoch
    ) -> InvalidationLog.Epoch?
}

extension ResponseStore {
    package func excess(of response: CachedResponse, for key: CacheKey) -> (bytes: Int, maximumBytes: Int)? { nil }

    // What others hold is theirs to show.
    package var memoryUse: (bytes: Int, capacity: Int)? { nil }

    // What a store has to do that no other process shares.
    package func invalidate(
        _ scope: InvalidationScope,
        in workspace: Int,
        startedAt: InvalidationLog.Epoch
    ) -> InvalidationLog.Epoch? {
        invalidations(of: workspace).ended(scope, startedAt: startedAt)
    }
}
