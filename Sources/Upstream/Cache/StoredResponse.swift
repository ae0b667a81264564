/// What a store says of the response for a key.
package enum StoredResponse: Sendable {
    /// It is at hand.
    case found(CachedResponse)
    /// There is none.
    case absent
    /// The store has to look elsewhere; nil: there is none.
    case later(@Sendable () async -> CachedResponse?)
}
