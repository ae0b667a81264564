internal import GraphQL

/// What an operation that has not been planned has of its own, beside one that differs from it in aliases alone.
struct RenamedOperation: Sendable {
    /// The keys of its response.
    let keys: ResponseKeys
    /// The request, to be prepared by itself if it has to be executed: errors state where they are in its own text.
    let request: GraphQLRequest
}
