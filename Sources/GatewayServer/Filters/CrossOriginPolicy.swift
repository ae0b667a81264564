internal import NIOHTTP1

/// The pages of other origins that may call, and how long browsers may cache that (CORS).
///
/// https://fetch.spec.whatwg.org/#http-cors-protocol
package struct CrossOriginPolicy: Sendable {
    private let origins: Set<String>
    private let takesAny: Bool
    private let maximumAge: Int

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - origins: the origins, such as `https://app.example.com`; `*` allows all.
    ///   - maximumAge: the seconds for which a browser may cache the response to a preflight request.
    package init(origins: [String], maximumAge: Int = 7200) {
        self.origins = Set(origins.map { $0.lowercased() })
        takesAny = origins.contains("*")
        self.maximumAge = maximumAge
    }

    /// Whether responses depend on the origin of their request.
    var variesByOrigin: Bool { !takesAny }

    /// Whether an origin may call.
    func allows(_ origin: String) -> Bool {
        takesAny || origins.contains(origin.lowercased())
    }

    /// The header fields of every response, for the origin of its request.
    func headers(for origin: String?) -> [(name: String, value: String)] {
        guard let origin, allows(origin) else { return [] }
        return [
            (name: "access-control-allow-origin", value: takesAny ? "*" : origin),
            (name: "access-control-expose-headers", value: Self.exposedHeaders),
        ]
    }

    /// The header fields of responses that pages may read besides those that the standard allows.
    private static let exposedHeaders = """
        ETag, Idempotent-Replayed, Mcp-Session-Id, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-ID
        """

    /// The header fields of the response to a preflight request.
    ///
    /// - Parameters:
    ///   - request: the preflight request, with the header fields that the page wants to send.
    ///   - methods: the methods that pages may use.
    /// - Returns: the fields; empty: the page may not call.
    func preflightHeaders(for request: HTTPRequest, methods: String) -> [(name: String, value: String)] {
        guard let origin = request.header("origin"), allows(origin) else { return [] }
        var headers = [
            (name: "access-control-allow-origin", value: takesAny ? "*" : origin),
            (name: "access-control-allow-methods", value: methods),
            (name: "access-control-max-age", value: String(maximumAge)),
        ]
        if let wanted = request.header("access-control-request-headers"), Self.isHeaderNames(wanted) {
            headers.append((name: "access-control-allow-headers", value: wanted))
        }
        return headers
    }

    /// Whether a value is only a list of field names, so that it can be repeated in a response.
    private static func isHeaderNames(_ value: String) -> Bool {
        value.utf8.count <= 4096
            && value.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: ","), UInt8(ascii: " "):
                    true
                default:
                    false
                }
            }
    }
}
