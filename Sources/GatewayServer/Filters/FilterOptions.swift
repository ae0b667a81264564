/// What holds for all endpoints that execute operations or describe them.
package struct FilterOptions: Sendable {
    /// The pages that may call from another origin.
    package var crossOrigin: CrossOriginPolicy?
    /// Whether requests that a page of another site could make a browser send are refused.
    package var preventsCrossSiteRequests = true
    /// The host names under which a configured key may be spent for callers without a credential.
    package var allowedHosts: Set<String> = []
    /// The proxies that are believed when they say whom a request comes from; nil: there is none.
    package var trustedProxies: TrustedProxies?
    /// The bytes from which on a response is compressed if the client takes that; nil: none is.
    package var compressionThreshold: Int? = 1024

    package init() {}
}
