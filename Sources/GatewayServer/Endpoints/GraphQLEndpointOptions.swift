/// The options of the GraphQL endpoint.
package struct GraphQLEndpointOptions: Sendable {
    /// The most requests in one body; 0 if batches are not taken.
    package var maximumBatch = 0
    /// The most bytes of a body, after decompression.
    package var maximumBodyBytes = 1 << 20
    /// For how many seconds clients may reuse a response without asking again; 0: they always ask.
    package var clientMaximumAge = 0

    package init() {}
}
