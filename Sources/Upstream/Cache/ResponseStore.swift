/// A store for the upstream's responses and their invalidations.
///
/// Calls are planned by the responses that the store has at hand; a response that arrives later is waited for just before its call
/// would be made, so that a store can be shared with other processes. All functions return at once: they are called on event loops.
package protocol ResponseStore: Sendable {
    /// The bytes that the responses take up in this process, and the most that they may; nil: the store does not know.
    var memoryUse: (bytes: Int, capacity: Int)? { get }

    /// The bytes that a response would take up, and the most that it may, if it is too large to be stored; nil: it is not.
    func excess(of response: CachedResponse, for key: CacheKey) -> (bytes: Int, maximumBytes: Int)?

    /// The stored response for a key, whatever its age.
    func response(for key: CacheKey) -> StoredResponse

    /// The entity with a key in the latest response that showed it; nil if that response is not at hand.
    func entity(for key: EntityKey) -> CachedEntity?

    /// Stores a response.
    ///
    /// - Parameters:
    ///   - response: the response.
    ///   - entities: the entities that are in it, to be found by their keys; nil: none, or the same as before.
    ///   - key: its cache key.
    ///   - condition: the condition under which it is stored.
    func store(_ response: CachedResponse, entities: ResponseEntities?, for key: CacheKey, if condition: StoreCondition)

    /// Removes a response; returns false if there is none.
    func remove(_ key: CacheKey) -> Bool

    /// Removes the position of an entity, because the upstream reported that it does not exist; returns false if none is stored.
    func removeEntity(_ key: EntityKey) -> Bool

    /// The number of changes of responses in a scope, counted once a change is visible.
    ///
    /// Evictions do not count.
    func changes(in scope: CacheScope) -> UInt64

    /// The invalidations of a workspace, by which the epoch of a response shows whether it is current.
    func invalidations(of workspace: Int) -> InvalidationLog

    /// Invalidates what a write has changed; when this returns, no response older than the write is used any more in this process.
    ///
    /// - Parameters:
    ///   - scope: the objects and lists that the write may have changed.
    ///   - workspace: the index of the workspace.
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

    // A store outside of this process takes up no memory of it.
    package var memoryUse: (bytes: Int, capacity: Int)? { nil }

    // The default is enough for a store that no other process shares.
    package func invalidate(
        _ scope: InvalidationScope,
        in workspace: Int,
        startedAt: InvalidationLog.Epoch
    ) -> InvalidationLog.Epoch? {
        invalidations(of: workspace).ended(scope, startedAt: startedAt)
    }
}
