private import Gateway
internal import NIOHTTP1

/// Keeps pages of other sites from spending configured keys by DNS rebinding.
///
/// The owner of a name can let it lead to this machine, so that their page and the gateway are of one origin for a browser,
/// which then asks nobody before it sends a request. Nobody can own an IP address or `localhost` in that way; any other
/// name must be allowed. A request that brings a credential for each workspace spends no configured key.
struct HostCheck: Endpoint {
    private let base: any Endpoint
    private let allowedHosts: Set<String>
    private let crossOrigin: CrossOriginPolicy?
    private let spendsConfiguredKey: @Sendable (HTTPRequest) -> Bool

    /// Puts the check before an endpoint.
    init(
        _ base: any Endpoint,
        allowedHosts: Set<String>,
        crossOrigin: CrossOriginPolicy?,
        spendsConfiguredKey: @escaping @Sendable (HTTPRequest) -> Bool
    ) {
        self.base = base
        self.allowedHosts = allowedHosts
        self.crossOrigin = crossOrigin
        self.spendsConfiguredKey = spendsConfiguredKey
    }

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method != .OPTIONS, let response = refusal(of: request), spendsConfiguredKey(request) else {
            return base.reply(to: request)
        }
        return .now(base.refusal(response, of: request.head))
    }

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead) -> HTTPResponse {
        base.refusal(response, of: head)
    }

    /// Why a request must spend no configured key; nil if it may.
    private func refusal(of request: HTTPRequest) -> HTTPResponse? {
        // A browser names the page's origin truly, so that a page which may call is no other site's.
        if let origin = request.header("origin"), crossOrigin?.allows(origin) == true { return nil }
        guard OriginCheck.accepts(request.host, allowedHosts: allowedHosts) else {
            return .error(
                .forbidden,
                .hostNotAllowed,
                "Requests for this host need a credential for each workspace; serve --allowed-host accepts its name."
            )
        }
        guard OriginCheck.allows(request, crossOrigin: crossOrigin, allowedHosts: allowedHosts) else {
            return .originNotAllowed
        }
        return nil
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
