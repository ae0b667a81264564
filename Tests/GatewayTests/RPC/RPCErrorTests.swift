import GraphQL
import JSON
import JSONRPC
import Testing
import Upstream

@testable import Gateway

/// What a JSON-RPC client sees of errors that are GraphQL's.
@Suite struct RPCErrorTests {
    private static let located = GraphQLError("m", locations: [SourceLocation(line: 1, column: 2)])

    private static func error(_ code: Int, _ message: String, _ data: JSONObject) -> RPCError {
        RPCError(RPCError.Code(rawValue: code), message, data: data)
    }

    private static func status(_ seconds: Int) -> RateLimitStatus {
        RateLimitStatus(isAllowed: false, remainingRequests: 0, remainingCalls: nil, secondsLeft: seconds)
    }

    /// Refusals of a method's operation, whose text the caller has not written: no error has a location in it.
    static let refusals: [(RequestRefusal, RPCError)] = [
        (
            .rateLimited(status(61)),
            error(
                -32004,
                "The rate limit for this client is exhausted; retry in 61 seconds.",
                ["code": "RATE_LIMITED", "retryAfter": 61]
            )
        ),
        (.operation(.syntax(located)), error(-32602, "m", ["code": "GRAPHQL_PARSE_FAILED"])),
        (
            .operation(.invalid([located, located])),
            error(
                -32602,
                "m",
                ["code": "GRAPHQL_VALIDATION_FAILED", "errors": [["message": "m"], ["message": "m"]]]
            )
        ),
        (.operation(.introspection([located])), error(-32000, "m", ["code": "INTROSPECTION_DISABLED"])),
        (.operation(.operation([located])), error(-32602, "m", ["code": "BAD_USER_INPUT"])),
        (
            .operation(.operation([GraphQLError("Variable \"$n\" got invalid value 1; no.")])),
            error(-32602, "Parameter \"n\" got invalid value 1; no.", ["code": "BAD_USER_INPUT"])
        ),
        // A name that only looks like it stays as it is.
        (
            .operation(.operation([GraphQLError("The Variable \"$n\" is missing.")])),
            error(-32602, "The Variable \"$n\" is missing.", ["code": "BAD_USER_INPUT"])
        ),
        (.operation(.refused(.documentNotTrusted, "d")), error(-32602, "d", ["code": "DOCUMENT_NOT_TRUSTED"])),
        (.malformed(GraphQLRequest.Malformed(message: "b")), error(-32602, "b", ["code": "BAD_USER_INPUT"])),
        (
            .tooExpensive(GraphQLError("t", extensions: ["code": "TOO_EXPENSIVE", "limit": 3])),
            error(-32005, "t", ["code": "TOO_EXPENSIVE", "limit": 3])
        ),
        (.unsupported("u"), error(-32602, "u", ["code": "BAD_USER_INPUT"])),
    ]

    @Test(arguments: refusals) func aRefusalHasItsNumberAndNoLocation(refusal: RequestRefusal, expected: RPCError) {
        #expect(RPCError(refusal) == expected)
    }

    /// Errors of an operation, and the one error of the call.
    static let operations: [([GraphQLError], RPCError)] = [
        ([], error(-32603, "The call failed.", ["code": "INTERNAL"])),
        ([GraphQLError("a")], error(-32603, "a", ["code": "INTERNAL"])),
        (
            [GraphQLError("a", path: [], extensions: ["retryAfter": 3, "code": "RATE_LIMITED"])],
            error(-32004, "a", ["code": "RATE_LIMITED", "path": [], "retryAfter": 3])
        ),
        // The first error decides, and all of them are there.
        (
            [
                GraphQLError("a", path: [.key("x"), .index(1)], extensions: ["code": "NOT_FOUND"]),
                GraphQLError("b", extensions: ["code": "FORBIDDEN"]),
            ],
            error(
                -32003,
                "a",
                [
                    "code": "NOT_FOUND", "path": ["x", 1],
                    "errors": [
                        ["message": "a", "path": ["x", 1], "extensions": ["code": "NOT_FOUND"]],
                        ["message": "b", "extensions": ["code": "FORBIDDEN"]],
                    ],
                ]
            )
        ),
        // Upstreams and schemas may state codes that the table lacks, and codes that are no text.
        ([GraphQLError("a", extensions: ["code": "OWN"])], error(-32000, "a", ["code": "OWN"])),
        ([GraphQLError("a", extensions: ["code": 7])], error(-32603, "a", ["code": 7])),
    ]

    @Test(arguments: operations) func firstErrorBecomesTheCallsError(errors: [GraphQLError], expected: RPCError) {
        #expect(RPCError(errors) == expected)
    }

    /// Errors of a response without data, and the one error of the call.
    static let withoutData: [([GraphQLError], RPCError)] = [
        ([], error(-32603, "The operation was not executed.", ["code": "INTERNAL", "errors": []])),
        (
            [GraphQLError("Variable \"$n\" is wrong.", extensions: ["code": "BAD_USER_INPUT"]), located],
            error(
                -32602,
                // The caller has written this document itself.
                "Variable \"$n\" is wrong.",
                [
                    "code": "BAD_USER_INPUT",
                    "errors": [
                        ["message": "Variable \"$n\" is wrong.", "extensions": ["code": "BAD_USER_INPUT"]],
                        ["message": "m", "locations": [["line": 1, "column": 2]]],
                    ],
                ]
            )
        ),
    ]

    @Test(arguments: withoutData) func aResponseWithoutDataIsOneError(errors: [GraphQLError], expected: RPCError) {
        #expect(RPCError(withoutData: errors) == expected)
    }

    @Test func onlyAResponseWithoutDataIsAFailureAndOnlyWhereDataIsNeeded() {
        let refused = GraphQLResponse(.unsupported("u"))
        let partial = GraphQLResponse(kind: .executed, body: Array(#"{"data":{"a":null},"errors":[]}"#.utf8))
        let outcomes = [
            RPCOutcome(refused, needsData: false), RPCOutcome(refused, needsData: true),
            RPCOutcome(partial, needsData: true),
        ]
        let shown = outcomes.map { outcome in
            switch outcome {
            case .result(let bytes): String(decoding: bytes, as: UTF8.self)
            case .failed(let error): "\(error.code.rawValue) \(error.message)"
            }
        }
        #expect(
            shown == [
                #"{"errors":[{"message":"u","extensions":{"code":"METHOD_NOT_ALLOWED"}}]}"#, "-32000 u",
                #"{"data":{"a":null},"errors":[]}"#,
            ]
        )
    }

    @Test func refusalsBeforeTheMessageIsReadAreInvalidRequests() {
        #expect(RPCError(refusal: .payloadTooLarge, "p") == Self.error(-32600, "p", ["code": "PAYLOAD_TOO_LARGE"]))
        #expect(RPCError(refusal: .unauthenticated, "u") == Self.error(-32001, "u", ["code": "UNAUTHENTICATED"]))
        #expect(RPCError(refusal: .forbidden, "f") == Self.error(-32002, "f", ["code": "FORBIDDEN"]))
        #expect(RPCError(refusal: .overloaded, "o") == Self.error(-32000, "o", ["code": "OVERLOADED"]))
        #expect(RPCError.unauthenticated("k") == Self.error(-32001, "k", ["code": "UNAUTHENTICATED"]))
    }
}
