internal import GraphQL

/// What an operation that has not been planned has of its own, beside one that differs from it in aliases alone.
struct RenamedOperation: Sendable {
    /// The keys of its response.
    let keys: ResponseKeys
    /// Its aliases, by those of the other one.
    let renaming: AliasRenaming
    /// The request, to be prepared by itself if it is described to somebody.
    let request: GraphQLRequest
}
