internal import NIOHTTP1

/// Lets pages of other origins call and read the responses (CORS).
///
/// https://fetch.spec.whatwg.org/#http-cors-protocol
struct CrossOriginSharing: ResponseFilter {
    /// Which pages may.
    let policy: CrossOriginPolicy

    func change(_ response: inout HTTPResponse, to request: HTTPRequest) {
        if request.method == .OPTIONS, request.head.headers.contains(name: "access-control-request-method") {
            response.vary = .preflight
            response.headers.append(contentsOf: policy.preflightHeaders(for: request))
            return
        }
        if policy.variesByOrigin { response.vary.insert(.origin) }
        response.headers.append(contentsOf: policy.headers(for: request.header("origin")))
    }
}
