private import Gateway
internal import NIOHTTP1

/// Keeps pages of other sites from spending configured keys by DNS rebinding.
///
/// The owner of a name can let it lead to this machine, so that their page and the gateway are of one origin for a browser,
/// which then asks nobody before it sends a request. Nobody can own an IP address or `localhost` in that way; any other
/// name must be allowed. A request that brings a credential for each workspace spends no configured key.
struct HostCheck: RequestFilter {
    /// The names of the gateway that nobody else owns.
    let allowedHosts: Set<String>
    /// The pages that may call from another origin.
    let crossOrigin: CrossOriginPolicy?
    /// Whether a request would spend a configured key.
    let spendsConfiguredKey: @Sendable (HTTPRequest) -> Bool

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        guard request.method != .OPTIONS, let response = reason(against: request), spendsConfiguredKey(request) else {
            return nil
        }
        return response
    }

    /// Why a request must spend no configured key; nil if it may.
    private func reason(against request: HTTPRequest) -> HTTPResponse? {
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
