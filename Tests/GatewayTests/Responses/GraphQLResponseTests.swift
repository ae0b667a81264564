import GraphQL
import JSON
import Testing

@testable import Gateway

@Suite struct GraphQLResponseTests {
    /// What of a response can be compared.
    struct Shown: Equatable {
        var kind: GraphQLResponse.Kind
        var body: String
        var codes: [String] = []
        /// The messages of its errors, if it has no data.
        var failure: [String] = []
        var rateLimitStatus: RateLimitStatus?

        init(
            _ kind: GraphQLResponse.Kind,
            _ body: String,
            codes: [String] = [],
            failure: [String] = [],
            rateLimitStatus: RateLimitStatus? = nil
        ) {
            (self.kind, self.body, self.codes, self.failure) = (kind, body, codes, failure)
            self.rateLimitStatus = rateLimitStatus
        }

        init(_ response: GraphQLResponse) {
            kind = response.kind
            body = String(decoding: response.body, as: UTF8.self)
            codes = response.outcome.errorCodes
            failure = response.failure.map(\.message)
            rateLimitStatus = response.rateLimitStatus
        }
    }

    private static func status(_ seconds: Int) -> RateLimitStatus {
        RateLimitStatus(isAllowed: false, remainingRequests: 0, remainingCalls: nil, secondsLeft: seconds)
    }

    // MARK: - Refusals

    /// Refusals and the responses to them.
    static let refusals: [(RequestRefusal, Shown)] = [
        (
            .rateLimited(status(1)),
            Shown(
                .rateLimited,
                #"{"errors":[{"message":"The rate limit for this client is exhausted; retry in 1 second.","#
                    + #""extensions":{"code":"RATE_LIMITED","retryAfter":1}}]}"#,
                codes: ["RATE_LIMITED"],
                failure: ["The rate limit for this client is exhausted; retry in 1 second."],
                rateLimitStatus: status(1)
            )
        ),
        (
            .operation(.syntax(GraphQLError("s", locations: [SourceLocation(line: 1, column: 2)]))),
            Shown(
                .requestError,
                #"{"errors":[{"message":"s","locations":[{"line":1,"column":2}],"#
                    + #""extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}"#,
                codes: ["GRAPHQL_PARSE_FAILED"],
                failure: ["s"]
            )
        ),
        // An error that brings a code of its own has that one.
        (
            .operation(.invalid([GraphQLError("v"), GraphQLError("w", extensions: ["code": "OWN", "more": 1])])),
            Shown(
                .requestError,
                #"{"errors":[{"message":"v","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},"#
                    + #"{"message":"w","extensions":{"code":"OWN","more":1}}]}"#,
                codes: ["GRAPHQL_VALIDATION_FAILED", "OWN"],
                failure: ["v", "w"]
            )
        ),
        (
            .operation(.introspection([GraphQLError("i")])),
            Shown(
                .requestError,
                #"{"errors":[{"message":"i","extensions":{"code":"INTROSPECTION_DISABLED"}}]}"#,
                codes: ["INTROSPECTION_DISABLED"],
                failure: ["i"]
            )
        ),
        (
            .operation(.operation([GraphQLError("o")])),
            Shown(
                .requestError,
                #"{"errors":[{"message":"o","extensions":{"code":"BAD_USER_INPUT"}}]}"#,
                codes: ["BAD_USER_INPUT"],
                failure: ["o"]
            )
        ),
        // Clients send the text along after these two, which they must not take for a final refusal.
        (
            .operation(.refused(.persistedQueryNotFound, "p")),
            Shown(
                .unknownPersistedQuery,
                #"{"errors":[{"message":"p","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}"#,
                codes: ["PERSISTED_QUERY_NOT_FOUND"],
                failure: ["p"]
            )
        ),
        (
            .operation(.refused(.persistedQueryNotSupported, "p")),
            Shown(
                .unknownPersistedQuery,
                #"{"errors":[{"message":"p","extensions":{"code":"PERSISTED_QUERY_NOT_SUPPORTED"}}]}"#,
                codes: ["PERSISTED_QUERY_NOT_SUPPORTED"],
                failure: ["p"]
            )
        ),
        (
            .operation(.refused(.persistedQueryHashMismatch, "p")),
            Shown(
                .malformed,
                #"{"errors":[{"message":"p","extensions":{"code":"PERSISTED_QUERY_HASH_MISMATCH"}}]}"#,
                codes: ["PERSISTED_QUERY_HASH_MISMATCH"],
                failure: ["p"]
            )
        ),
        (
            .malformed(GraphQLRequest.Malformed(message: "b")),
            Shown(
                .malformed,
                #"{"errors":[{"message":"b","extensions":{"code":"BAD_USER_INPUT"}}]}"#,
                codes: ["BAD_USER_INPUT"],
                failure: ["b"]
            )
        ),
        (
            .tooExpensive(GraphQLError("t", extensions: ["code": "TOO_EXPENSIVE", "limit": 3])),
            Shown(
                .requestError,
                #"{"errors":[{"message":"t","extensions":{"code":"TOO_EXPENSIVE","limit":3}}]}"#,
                codes: ["TOO_EXPENSIVE"],
                failure: ["t"]
            )
        ),
        (
            .unsupported("u"),
            Shown(
                .requestError,
                #"{"errors":[{"message":"u","extensions":{"code":"METHOD_NOT_ALLOWED"}}]}"#,
                codes: ["METHOD_NOT_ALLOWED"],
                failure: ["u"]
            )
        ),
    ]

    @Test(arguments: refusals) func aRefusalIsAResponseWithItsCode(refusal: RequestRefusal, expected: Shown) {
        #expect(Shown(GraphQLResponse(refusal)) == expected)
    }

    // MARK: - Data that cannot be sent

    @Test func aResponseWithoutDataWasExecuted() {
        let error = GraphQLError("e", extensions: ["code": "RESPONSE_TOO_LARGE"])
        #expect(
            Shown(.withoutData(error))
                == Shown(
                    .executed,
                    #"{"data":null,"errors":[{"message":"e","extensions":{"code":"RESPONSE_TOO_LARGE"}}]}"#,
                    codes: ["RESPONSE_TOO_LARGE"],
                    failure: ["e"]
                )
        )
        #expect(
            Shown(.withoutData(error, extensions: ["stale": ["ageSeconds": 3]]))
                == Shown(
                    .executed,
                    #"{"data":null,"errors":[{"message":"e","extensions":{"code":"RESPONSE_TOO_LARGE"}}],"#
                        + #""extensions":{"stale":{"ageSeconds":3}}}"#,
                    codes: ["RESPONSE_TOO_LARGE"],
                    failure: ["e"]
                )
        )
    }

    @Test func anOutcomeTakesTheCodesOfTheResponseOnlyWhereItHasNone() {
        let response = GraphQLResponse(.unsupported("u"))
        var outcome = RequestOutcome()
        outcome.isCachedResult = true
        #expect(response.with(outcome).outcome.errorCodes == ["METHOD_NOT_ALLOWED"])
        #expect(response.with(outcome).outcome.isCachedResult)
        outcome.errorCodes = ["NOT_FOUND"]
        #expect(response.with(outcome).outcome.errorCodes == ["NOT_FOUND"])
    }

    // MARK: - Batches

    private static func executed(_ text: String, remaining: Int? = nil) -> GraphQLResponse {
        let status = remaining.map {
            RateLimitStatus(isAllowed: true, remainingRequests: $0, remainingCalls: nil, secondsLeft: 9)
        }
        return GraphQLResponse(kind: .executed, body: Array(text.utf8)).with(status)
    }

    private static func limits(bytes: Int) -> RequestLimits {
        var limits = RequestLimits()
        limits.maximumResponseBytes = bytes
        limits.maximumRows = 7
        return limits
    }

    private static let tooLarge =
        #"{"data":null,"errors":[{"message":"The response would be larger than 12 bytes, or hold more than 7 objects; "#
        + #"ask for fewer rows, fewer fields or fewer levels.","extensions":{"code":"RESPONSE_TOO_LARGE"}}]}"#

    /// The limit in bytes, responses, and the whole.
    static let batches: [(Int, [GraphQLResponse], String)] = [
        (12, [], "[]"),
        (12, [executed("{1}")], "[{1}]"),
        (12, [executed("{1}"), .malformed("b"), executed("{3}")], "[{1},\(Self.malformed),\(Self.tooLarge)]"),
        // 12 bytes with the bracket and the commas before it, and one more.
        (12, [executed("{1}"), executed("{22222}")], "[{1},{22222}]"),
        (12, [executed("{1}"), executed("{222222}")], "[{1},\(Self.tooLarge)]"),
        (12, [executed("{3333333333}"), executed("{1}")], "[\(Self.tooLarge),\(Self.tooLarge)]"),
    ]

    private static let malformed = #"{"errors":[{"message":"b","extensions":{"code":"BAD_USER_INPUT"}}]}"#

    @Test(arguments: batches)
    func responsesOfABatchThatExceedItsSizeAreReplaced(bytes: Int, responses: [GraphQLResponse], text: String) {
        let batch = GraphQLResponse.batch(responses, limits: Self.limits(bytes: bytes))
        #expect(Shown(batch) == Shown(.executed, text))
    }

    @Test func aBatchStatesWhatIsLeftAfterItsLastRequest() {
        let batch = GraphQLResponse.batch(
            [Self.executed("{}", remaining: 4), Self.executed("{}", remaining: 3)],
            limits: RequestLimits()
        )
        #expect(batch.rateLimitStatus?.remainingRequests == 3)
    }

    // MARK: - Limits

    @Test func aFailureToWriteNamesTheLimit() {
        var limits = Self.limits(bytes: 12)
        limits.timeout = .seconds(45)
        #expect(
            [limits.error(.tooLarge), limits.error(.cancelled)] == [
                GraphQLError(
                    "The response would be larger than 12 bytes, or hold more than 7 objects; "
                        + "ask for fewer rows, fewer fields or fewer levels.",
                    extensions: ["code": "RESPONSE_TOO_LARGE"]
                ),
                GraphQLError(
                    "The response could not be written within the request's time limit of 45 seconds; "
                        + "ask for fewer rows or fields.",
                    extensions: ["code": "UPSTREAM_TIMEOUT"]
                ),
            ]
        )
    }
}
