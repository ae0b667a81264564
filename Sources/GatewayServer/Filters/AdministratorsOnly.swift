internal import Gateway
internal import NIOHTTP1

/// Lets requests pass whose client may see what operators see.
struct AdministratorsOnly: HTTPFilter {
    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        guard request.client?.isAdministrator == true else {
            return .now(.error(.forbidden, GatewayClient.forbidden, "This client may not see what operators see."))
        }
        return next.reply(to: request)
    }
}
