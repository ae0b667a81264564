/// Which pages may send requests, and under which names of the gateway.
///
/// Browsers name a page's origin in a header that the page cannot change; other clients send none.
struct OriginCheck: Sendable {
    /// The pages that may call from another origin.
    let crossOrigin: CrossOriginPolicy?
    /// The names of the gateway that nobody else owns.
    private let allowedHosts: Set<String>
    /// Where clients reach the gateway, whatever name a proxy calls it by; nil: that is not known.
    private let publicOrigin: WebOrigin?

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - crossOrigin: the pages that may call from another origin.
    ///   - allowedHosts: the names of the gateway that nobody else owns.
    ///   - publicURL: the URL by which clients reach the gateway; nil: it is not known.
    init(crossOrigin: CrossOriginPolicy?, allowedHosts: Set<String> = [], publicURL: String? = nil) {
        self.crossOrigin = crossOrigin
        publicOrigin = publicURL.flatMap { WebOrigin(ofURL: $0) }
        self.allowedHosts = allowedHosts.union(publicOrigin.map { [$0.host] } ?? [])
    }

    /// Whether a request comes from no page, from one of the gateway's own origin, or from one that may call.
    func allows(_ request: HTTPRequest) -> Bool {
        guard let text = request.header("origin") else { return true }
        return trusts(text) || isOwn(text, request)
    }

    /// Whether pages of an origin may call, whatever name they call the gateway by.
    func trusts(_ origin: String) -> Bool {
        if crossOrigin?.allows(origin) == true { return true }
        return publicOrigin.map { WebOrigin(origin) == $0 } ?? false
    }

    /// Whether an origin is that which a request is sent to.
    private func isOwn(_ origin: String, _ request: HTTPRequest) -> Bool {
        guard let origin = WebOrigin(origin), let host = request.host, accepts(host) else { return false }
        // Where nothing is known of the way to the gateway, something before it may have ended TLS.
        return origin == WebOrigin(request.scheme ?? origin.scheme, host)
    }

    /// Whether a host cannot be a name that somebody else owns.
    ///
    /// Requests of HTTP/1.0 may have none: no browser leaves it out. An empty one names nothing that is allowed.
    func accepts(_ host: HostField?) -> Bool {
        guard let host else { return true }
        return host.isAddress || host.isLocalhost || allowedHosts.contains(host.name)
    }
}
