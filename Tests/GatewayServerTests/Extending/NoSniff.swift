@testable import GatewayServer

/// Adds a header field to every response.
struct NoSniff: ResponseFilter {
    func change(_ response: inout HTTPResponse, to request: HTTPRequest) {
        response.headers.append((name: "x-content-type-options", value: "nosniff"))
    }
}
