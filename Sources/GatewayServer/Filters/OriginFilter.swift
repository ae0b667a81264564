private import Gateway
internal import NIOHTTP1

/// Refuses requests that pages of other sites send.
struct OriginFilter: RequestFilter {
    /// The pages that may call from another origin.
    let crossOrigin: CrossOriginPolicy?
    /// The names of the gateway that nobody else owns.
    let allowedHosts: Set<String>

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        OriginCheck.allows(request, crossOrigin: crossOrigin, allowedHosts: allowedHosts) ? nil : .originNotAllowed
    }
}

extension HTTPResponse {
    /// The response to a page that may not call.
    static let originNotAllowed = HTTPResponse.error(
        .forbidden,
        .csrfPrevented,
        "This origin is not allowed; serve --cors-origin allows it."
    )
}
