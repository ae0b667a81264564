/// Decides which pages may send requests, and to which host names.
///
/// Browsers state a page's origin in a header field that the page cannot change; other clients send none.
struct OriginCheck: Sendable {
    /// The pages that may call from another origin.
    let crossOrigin: CrossOriginPolicy?
    /// The host names of the gateway that no other site can take over.
    private let allowedHosts: Set<String>
    /// The origin by which clients reach the gateway, whatever host name a proxy uses; nil: it is unknown.
    private let publicOrigin: WebOrigin?

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - crossOrigin: the pages that may call from another origin.
    ///   - allowedHosts: the host names of the gateway that no other site can take over.
    ///   - publicURL: the URL by which clients reach the gateway; nil: it is unknown.
    init(crossOrigin: CrossOriginPolicy?, allowedHosts: Set<String> = [], publicURL: String? = nil) {
        self.crossOrigin = crossOrigin
        publicOrigin = publicURL.flatMap { WebOrigin(ofURL: $0) }
        self.allowedHosts = allowedHosts.union(publicOrigin.map { [$0.host] } ?? [])
    }

    /// Whether a request is not sent by a page, or by one of the gateway's own origin, or by one that may call.
    func allows(_ request: HTTPRequest) -> Bool {
        guard let text = request.header("origin") else { return true }
        return trusts(text) || isOwn(text, request)
    }

    /// Whether pages of an origin may call, whatever host name they use.
    func trusts(_ origin: String) -> Bool {
        if crossOrigin?.allows(origin) == true { return true }
        return publicOrigin.map { WebOrigin(origin) == $0 } ?? false
    }

    /// Whether an origin is that of the gateway, according to the request.
    private func isOwn(_ origin: String, _ request: HTTPRequest) -> Bool {
        guard let origin = WebOrigin(origin), let host = request.host, accepts(host) else { return false }
        // If the scheme of the client's connection is unknown, a proxy may have terminated TLS.
        return origin == WebOrigin(request.scheme ?? origin.scheme, host)
    }

    /// Whether a host is not a name that another site could take over.
    ///
    /// Requests of HTTP/1.0 may have none; browsers always send one. An empty one is not allowed.
    func accepts(_ host: HostField?) -> Bool {
        guard let host else { return true }
        return host.isAddress || host.isLocalhost || allowedHosts.contains(host.name)
    }
}
