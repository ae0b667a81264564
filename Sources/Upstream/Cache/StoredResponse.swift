/// The result of a lookup in a response store.
package enum StoredResponse: Sendable {
    /// The response is at hand.
    case found(CachedResponse)
    /// There is no response.
    case absent
    /// The store has to look elsewhere; the function returns nil if there is no response.
    case later(@Sendable () async -> CachedResponse?)
}
