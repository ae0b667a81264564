internal import Gateway
internal import NIOHTTP1

/// Refuses requests that a page of another site could make a browser send without a preflight request.
///
/// Such requests are the "simple" ones of CORS. A POST is not checked: the only body that is accepted is JSON, for which a
/// browser sends a preflight request. A GET is allowed if something in it cannot come from such a page: a header field
/// that needs a preflight request, or a credential that browsers do not add by themselves. It is also allowed if it accepts JSON by
/// name, which no link, form, image or script does, and no header field says that it comes from another site.
struct CrossSiteRequestGuard: RequestFilter {
    /// The check of the pages that may send requests.
    let origins: OriginCheck

    /// The header fields that make a browser send a preflight request.
    static let preflightHeaders = [
        "graphql-preflight", "apollo-require-preflight", "x-apollo-operation-name", "x-graphql-yoga-csrf",
    ]

    /// The schemes of credentials that browsers add by themselves.
    private static let ambientSchemes: Set = ["basic", "digest", "negotiate", "ntlm"]

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        // The handshake of a WebSocket checks the page's origin itself.
        guard request.method == .GET, !request.offersWebSocket, !allows(request) else { return nil }
        var response = HTTPResponse.crossSiteRequest
        response.vary = .caller
        return response
    }

    /// Whether a GET may be served.
    private func allows(_ request: HTTPRequest) -> Bool {
        if Self.preflightHeaders.contains(where: { request.head.headers.contains(name: $0) }) { return true }
        if MediaType(request.header("content-type")?[...] ?? "")?.name == "application/json" { return true }
        if let authorization = request.header("authorization") {
            let scheme = authorization.prefix { $0 != " " }.lowercased()
            if !Self.ambientSchemes.contains(scheme) { return true }
        }
        return ResponseMediaType.isNamed(in: request.header("accept")) && !isCrossSite(request)
    }

    /// Whether header fields that pages cannot change say that a page of another site sends the request.
    ///
    /// https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    private func isCrossSite(_ request: HTTPRequest) -> Bool {
        guard origins.allows(request) else { return true }
        if let origin = request.header("origin"), origins.trusts(origin) { return false }
        switch request.header("sec-fetch-site") {
        case nil, "same-origin", "none": return false
        case .some: return true
        }
    }
}

extension HTTPResponse {
    /// The response to a request that a page of another site could have made a browser send.
    fileprivate static let crossSiteRequest = HTTPResponse.error(
        .badRequest,
        .csrfPrevented,
        """
        A browser can be made to send this request by a page of another site. Send one of the headers \
        \(CrossSiteRequestGuard.preflightHeaders.joined(separator: ", ")) with any value, or name application/json \
        in Accept, or use POST with the header Content-Type: application/json.
        """
    )
}
