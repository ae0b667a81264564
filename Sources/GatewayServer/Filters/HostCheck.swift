private import Gateway
internal import NIOHTTP1

/// Prevents pages of other sites from using configured keys, or reading the operators' pages, by DNS rebinding.
///
/// The owner of a host name can make it resolve to this machine, so that their page and the gateway have the same origin for a
/// browser, which then sends requests without a preflight. IP addresses and `localhost` cannot be taken over in this way; any other
/// name must be allowed.
struct HostCheck: RequestFilter {
    private let origins: OriginCheck
    private let message: String
    private let concerns: @Sendable (HTTPRequest) -> Bool

    /// Makes a check of the requests that would use a configured key, as they lack a credential for a workspace.
    init(origins: OriginCheck, spendsConfiguredKey: @escaping @Sendable (HTTPRequest) -> Bool) {
        self.origins = origins
        message = "Requests for this host need a credential for each workspace; serve --allowed-host accepts its name."
        concerns = spendsConfiguredKey
    }

    /// Makes a check of all requests, for routes without credentials.
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

    /// The response that refuses a request; nil: it is allowed.
    private func reason(against request: HTTPRequest) -> HTTPResponse? {
        // A browser states the page's origin truthfully, so that an allowed origin is no other site's.
        if let origin = request.header("origin"), origins.trusts(origin) { return nil }
        guard origins.accepts(request.host) else { return .error(.forbidden, .hostNotAllowed, message) }
        return origins.allows(request) ? nil : .originNotAllowed
    }
}
