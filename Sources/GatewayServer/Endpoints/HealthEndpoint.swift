private import NIOHTTP1

/// Responds to liveness and readiness probes.
struct HealthEndpoint: Endpoint {
    /// Returns whether the probe succeeds: for liveness always, for readiness until the server shuts down.
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
