/// Tells whether the page that sends a request, if one does, may do so.
///
/// Browsers name a page's origin in a header that the page cannot change; other clients send none.
enum OriginCheck {
    /// Whether a request comes from no page, from one of the gateway's own origin, or from one that may call.
    static func allows(_ request: HTTPRequest, crossOrigin: CrossOriginPolicy?) -> Bool {
        guard let origin = request.header("origin") else { return true }
        if crossOrigin?.allows(origin) == true { return true }
        guard let host = request.header("host"), let mark = origin.firstRange(of: "://") else { return false }
        return origin[mark.upperBound...].lowercased() == host.lowercased() && !isPublicHostname(host)
    }

    /// Whether a host is a name that somebody else may own.
    ///
    /// Its owner can let it lead to this machine, so that their page and the gateway are of one origin for a browser ("DNS
    /// rebinding"). Addresses and `localhost` cannot be had; any other name must be allowed by its origin.
    private static func isPublicHostname(_ host: String) -> Bool {
        if host.hasPrefix("[") { return false }
        let name = host.prefix { $0 != ":" }.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") { return false }
        return name.utf8.contains { !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".")) }
    }
}
