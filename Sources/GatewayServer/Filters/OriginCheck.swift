/// Whether the page that sends a request, if one does, may do so.
///
/// Browsers name a page's origin in a header that the page cannot change; other clients send none.
enum OriginCheck {
    /// Whether a request comes from no page, from one of the gateway's own origin, or from one that may call.
    static func allows(
        _ request: HTTPRequest,
        crossOrigin: CrossOriginPolicy?,
        allowedHosts: Set<String> = []
    ) -> Bool {
        guard let origin = request.header("origin") else { return true }
        if crossOrigin?.allows(origin) == true { return true }
        guard let host = request.host, let mark = origin.firstRange(of: "://"),
            let own = HostField(origin[mark.upperBound...])
        else { return false }
        return own == host && accepts(host, allowedHosts: allowedHosts)
    }

    /// Whether a host cannot be a name that somebody else owns.
    ///
    /// No browser leaves the host out.
    static func accepts(_ host: HostField?, allowedHosts: Set<String>) -> Bool {
        guard let host, !host.name.isEmpty else { return true }
        return host.isAddress || host.isLocalhost || allowedHosts.contains(host.name)
    }
}
