/// Tells whether the page that sends a request, if one does, may do so.
///
/// Browsers name a page's origin in a header that the page cannot change; other clients send none.
enum OriginCheck {
    /// Whether a request comes from no page, from one of the gateway's own origin, or from one that may call.
    static func allows(_ request: HTTPRequest, crossOrigin: CrossOriginPolicy?) -> Bool {
        guard let origin = request.header("origin") else { return true }
        if crossOrigin?.allows(origin) == true { return true }
        guard let host = request.header("host"), let mark = origin.firstRange(of: "://") else { return false }
        return origin[mark.upperBound...].lowercased() == host.lowercased()
    }
}
