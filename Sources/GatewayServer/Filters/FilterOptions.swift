/// The options of the filters of endpoints that execute or describe operations.
package struct FilterOptions: Sendable {
    /// The pages of other origins that may call; nil: none may.
    package var crossOrigin: CrossOriginPolicy?
    /// Whether requests that a page of another site could make a browser send are refused.
    package var preventsCrossSiteRequests = true
    /// The host names at which callers without a credential may use a configured key.
    package var allowedHosts: Set<String> = []
    /// The proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are trusted; nil: there is none.
    package var trustedProxies: TrustedProxies?
    /// The number of bytes from which on a response is compressed for clients that accept gzip; nil: none is.
    package var compressionThreshold: Int? = 1024

    package init() {}
}
