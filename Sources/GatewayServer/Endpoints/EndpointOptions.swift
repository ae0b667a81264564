/// The options of the GraphQL endpoint.
package struct EndpointOptions: Sendable {
    /// The most requests in one body; 0 if batches are not taken.
    package var maximumBatch = 0
    /// Whether requests that a page of another site could make a browser send are refused.
    package var preventsCrossSiteRequests = true
    /// The pages that may call from another origin.
    package var crossOrigin: CrossOriginPolicy?
    /// The bytes from which on a response is compressed if the client takes that; nil: none is.
    package var compressionThreshold: Int? = 1024
    /// The most bytes of a body, after decompression.
    package var maximumBodyBytes = 1 << 20

    /// The host names under which a configured key may be spent for callers without a credential.
    package var allowedHosts: Set<String> = []
    /// For how many seconds clients may reuse a response without asking again; 0: they always ask.
    package var clientMaximumAge = 0

    package init() {}
}
