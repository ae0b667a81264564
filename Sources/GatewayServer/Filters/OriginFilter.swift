private import Gateway
internal import NIOHTTP1

/// Refuses requests that pages of other sites send.
struct OriginFilter: RequestFilter {
    /// Which pages may send requests.
    let origins: OriginCheck

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        origins.allows(request) ? nil : .originNotAllowed
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
