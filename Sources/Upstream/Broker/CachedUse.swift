internal import GraphQL

/// An entity in a cached response that a caller may be shown, before it is decided whether it is used.
struct CachedUse {
    let found: CachedEntity
    /// How old it is for the caller.
    let age: Duration
    /// How old it may be.
    let policy: CachePolicy

    /// The entity.
    var representation: CachedRepresentation {
        CachedRepresentation(document: found.document, node: found.node, path: found.response.path)
    }
}
