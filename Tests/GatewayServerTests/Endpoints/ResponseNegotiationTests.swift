import NIOHTTP1
import Testing

@testable import Gateway
@testable import GatewayServer

/// What a response's status and header fields say, by what the client takes and what the response is.
@Suite struct ResponseNegotiationTests {
    private func negotiation(_ accept: String?, maximumAge: Int = 0, policy: String? = nil) -> ResponseNegotiation? {
        let fields = accept.map { [("Accept", $0)] } ?? []
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: HTTPHeaders(fields))
        return ResponseNegotiation(
            of: HTTPRequest(head: head, body: []),
            among: ResponseMediaType.graphQL,
            clientMaximumAge: maximumAge,
            rateLimitPolicy: policy
        )
    }

    private func response(maxAge: Int, kind: GraphQLResponse.Kind = .executed) -> GraphQLResponse {
        var response = GraphQLResponse(kind: kind, body: Array("{}".utf8))
        response.maxAge = maxAge
        return response
    }

    /// A response's age, the most that clients may use, and the value of `Cache-Control`.
    @Test(arguments: [
        (0, 0, "no-store"), (0, 60, "no-store"), (-1, 60, "no-store"), (30, 0, "no-cache"),
        (30, 60, "private, max-age=30"), (90, 60, "private, max-age=60"),
    ])
    func cacheControlStatesHowLongClientsMayReuse(maxAge: Int, most: Int, field: String) throws {
        let form = try #require(negotiation(nil, maximumAge: most))
        let sent = form.response(response(maxAge: maxAge))
        #expect(sent.headers.map { "\($0.name): \($0.value)" } == ["cache-control: \(field)"])
        #expect(sent.vary == .caller)
    }

    /// How a request ended, what the client takes, and the status.
    @Test(
        arguments: [
            (.executed, "application/json", 200), (.executed, "application/graphql-response+json", 200),
            (.requestError, "application/json", 200), (.requestError, "application/graphql-response+json", 400),
            (.malformed, "application/json", 400), (.malformed, "application/graphql-response+json", 400),
            (.unknownPersistedQuery, "application/graphql-response+json", 200),
            (.rateLimited, "application/json", 429), (.rateLimited, "application/graphql-response+json", 429),
        ] as [(GraphQLResponse.Kind, String, UInt)]
    )
    func theStatusFitsTheMediaType(kind: GraphQLResponse.Kind, accept: String, status: UInt) throws {
        let form = try #require(negotiation(accept))
        let sent = form.response(response(maxAge: 0, kind: kind))
        #expect(sent.status.code == status)
        #expect(sent.contentType == "\(accept); charset=utf-8")
    }

    @Test func aClientThatTakesNoMediaTypeGetsNone() {
        #expect(negotiation("text/html")?.mediaType == nil)
        #expect(negotiation("application/json;q=0")?.mediaType == nil)
    }

    /// A client's status, and the header fields that state it.
    static let statuses: [(RateLimitStatus?, [String])] = [
        (nil, []),
        (
            RateLimitStatus(isAllowed: true, remainingRequests: 3, remainingCalls: nil, secondsLeft: 9),
            ["ratelimit-policy: p", #"ratelimit: "requests";r=3;t=9"#]
        ),
        (
            RateLimitStatus(isAllowed: false, remainingRequests: 0, remainingCalls: nil, secondsLeft: 9),
            ["ratelimit-policy: p", #"ratelimit: "requests";r=0;t=9"#, "retry-after: 9"]
        ),
    ]

    @Test(arguments: statuses) func rateLimitsAreStatedIfAny(status: RateLimitStatus?, fields: [String]) throws {
        let form = try #require(negotiation(nil, policy: "p"))
        let sent = form.limited(HTTPResponse(status: .ok), status)
        #expect(sent.headers.map { "\($0.name): \($0.value)" } == fields)
    }
}
