private import Gateway
internal import NIOHTTP1

/// Refuses requests of pages of other sites.
struct OriginFilter: RequestFilter {
    /// The check of the pages that may send requests.
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
