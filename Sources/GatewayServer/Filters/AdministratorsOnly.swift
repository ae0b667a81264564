internal import Gateway
internal import NIOHTTP1

/// Only passes requests of clients that may see the operators' pages.
struct AdministratorsOnly: HTTPFilter {
    func reply(to request: HTTPRequest, next: any Endpoint) -> HTTPReply {
        guard request.client?.isAdministrator == true else {
            return .now(.error(.forbidden, GatewayClient.forbidden, "This client may not see what operators see."))
        }
        return next.reply(to: request)
    }
}
