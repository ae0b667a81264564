private import Gateway
internal import NIOHTTP1

/// Keeps pages of other sites from spending configured keys, or reading what operators see, by DNS rebinding.
///
/// The owner of a name can let it lead to this machine, so that their page and the gateway are of one origin for a browser,
/// which then asks nobody before it sends a request. Nobody can own an IP address or `localhost` in that way; any other
/// name must be allowed.
struct HostCheck: RequestFilter {
    private let origins: OriginCheck
    private let message: String
    private let concerns: @Sendable (HTTPRequest) -> Bool

    /// Makes a check of the requests that would spend a configured key: one that brings a credential for each workspace does not.
    init(origins: OriginCheck, spendsConfiguredKey: @escaping @Sendable (HTTPRequest) -> Bool) {
        self.origins = origins
        message = "Requests for this host need a credential for each workspace; serve --allowed-host accepts its name."
        concerns = spendsConfiguredKey
    }

    /// Makes a check of all requests, where no credential says who sends them.
    init(ofAllRequests origins: OriginCheck) {
        self.origins = origins
        message =
            "This host name is not allowed here; use an IP address or localhost, or allow it by serve --allowed-host."
        concerns = { _ in true }
    }

    func refusal(of request: HTTPRequest) -> HTTPResponse? {
        guard request.method != .OPTIONS, let response = reason(against: request), concerns(request) else { return nil }
        return response
    }

    /// Why a request must not be served; nil if it may.
    private func reason(against request: HTTPRequest) -> HTTPResponse? {
        // A browser names the page's origin truly, so that a page which may call is no other site's.
        if let origin = request.header("origin"), origins.trusts(origin) { return nil }
        guard origins.accepts(request.host) else { return .error(.forbidden, .hostNotAllowed, message) }
        return origins.allows(request) ? nil : .originNotAllowed
    }
}
