internal import NIOHTTP1

/// Allows pages of other origins to call and to read the responses (CORS).
///
/// https://fetch.spec.whatwg.org/#http-cors-protocol
struct CrossOriginSharing: ResponseFilter {
    /// The allowed pages.
    let policy: CrossOriginPolicy
    /// The methods that pages may use.
    var methods = usualMethods

    /// The methods of most endpoints.
    static let usualMethods = "GET, POST"

    func refusal(_ response: HTTPResponse, of head: HTTPRequestHead, next: any Endpoint) -> HTTPResponse {
        var response = next.refusal(response, of: head)
        change(&response, to: HTTPRequest(head: head, body: []))
        return response
    }

    func change(_ response: inout HTTPResponse, to request: HTTPRequest) {
        if request.method == .OPTIONS, request.head.headers.contains(name: "access-control-request-method") {
            response.vary = .preflight
            response.headers.append(contentsOf: policy.preflightHeaders(for: request, methods: methods))
            return
        }
        if policy.variesByOrigin { response.vary.insert(.origin) }
        response.headers.append(contentsOf: policy.headers(for: request.header("origin")))
    }
}
