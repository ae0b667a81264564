import NIOHTTP1

@testable import GatewayServer

/// `GET /version`: which version of the program runs.
struct VersionEndpoint: Endpoint {
    let version: String

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET else { return .now(.methodNotAllowed(allowed: "GET")) }
        return .now(.text(.ok, version))
    }
}
