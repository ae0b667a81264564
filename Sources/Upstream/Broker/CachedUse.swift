internal import GraphQL

/// An entity in a cached response that a caller may see, before it is decided whether the response is used.
struct CachedUse {
    let found: CachedEntity
    /// The age of the response for the caller, which counts from the acceptance of its key if that is older.
    let age: Duration
    /// The policy that decides whether the response is fresh at that age.
    let policy: CachePolicy

    /// The entity.
    var representation: CachedRepresentation {
        CachedRepresentation(document: found.document, node: found.node, path: found.response.path)
    }
}
