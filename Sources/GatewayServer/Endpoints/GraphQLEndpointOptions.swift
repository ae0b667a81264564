/// The options of the GraphQL endpoint.
package struct GraphQLEndpointOptions: Sendable {
    /// The most requests in one body; 0: batches are refused.
    package var maximumBatch = 0
    /// The most bytes of a body, after decompression.
    package var maximumBodyBytes = 1 << 20
    /// The seconds for which clients may reuse a response without revalidation; 0: they revalidate each time.
    package var clientMaximumAge = 0

    package init() {}
}
