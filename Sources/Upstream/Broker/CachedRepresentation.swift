internal import GraphQL

/// A representation of an entity in a cached response.
struct CachedRepresentation {
    let document: SourceDocument
    let node: Int
    /// The path of the call whose response it is; a write's begins with its method.
    let path: String
}
