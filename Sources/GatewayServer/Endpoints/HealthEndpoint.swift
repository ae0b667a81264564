private import NIOHTTP1

/// Liveness and readiness for probes: that the process lives, and that it takes requests.
struct HealthEndpoint: Endpoint {
    /// Whether the process has what the path asks for: for liveness always, for readiness while new requests are welcome.
    let isReady: @Sendable () -> Bool

    func reply(to request: HTTPRequest) -> HTTPReply {
        guard request.method == .GET || request.method == .HEAD else {
            return .now(.methodNotAllowed(allowed: "GET, HEAD"))
        }
        guard isReady() else {
            return .now(.text(.serviceUnavailable, "draining"))
        }
        return .now(.text(.ok, "ok"))
    }
}
