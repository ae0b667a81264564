@testable import GatewayServer

/// Adds a header field to every response of an endpoint.
struct NoSniff: Endpoint {
    let next: any Endpoint

    func reply(to request: HTTPRequest) -> HTTPReply {
        switch next.reply(to: request) {
        case .now(let response): .now(Self.marked(response))
        case .later(let respond): .later { Self.marked(await respond()) }
        case .upgrade(let upgrade): .upgrade(upgrade)
        }
    }

    private static func marked(_ response: HTTPResponse) -> HTTPResponse {
        response.with("x-content-type-options", "nosniff")
    }
}
