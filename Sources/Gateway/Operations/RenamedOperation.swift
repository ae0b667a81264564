internal import GraphQL

/// The names of a request whose operation only differs from a planned one in its aliases.
struct RenamedOperation: Sendable {
    /// The response keys of the request.
    let keys: ResponseKeys
    /// The aliases of the request, by those of the planned operation.
    let renaming: AliasRenaming
    /// The request, to prepare its own document if that has to be described.
    let request: GraphQLRequest
}
