package import GraphQL
package import JSON

/// The codes that clients see in `extensions.code` of an error.
package enum ErrorCode: String, Sendable, CaseIterable {
    /// The document is not GraphQL.
    case graphqlParseFailed = "GRAPHQL_PARSE_FAILED"
    /// The document does not fit the schema.
    case graphqlValidationFailed = "GRAPHQL_VALIDATION_FAILED"
    /// The request, a variable or an argument is wrong.
    case badUserInput = "BAD_USER_INPUT"
    /// The upstream needs a credential, or does not know the one given.
    case unauthenticated = "UNAUTHENTICATED"
    /// The credential may not do that.
    case forbidden = "FORBIDDEN"
    /// There is no such object.
    case notFound = "NOT_FOUND"
    /// The budget of upstream calls is used up; `retryAfter` tells the seconds to wait.
    case rateLimited = "RATE_LIMITED"
    /// The operation would make more upstream calls than it may.
    case tooExpensive = "TOO_EXPENSIVE"
    /// The upstream failed.
    case upstreamError = "UPSTREAM_ERROR"
    /// The upstream did not answer in time.
    case upstreamTimeout = "UPSTREAM_TIMEOUT"
    /// The upstream answered something that cannot be understood.
    case upstreamInvalidResponse = "UPSTREAM_INVALID_RESPONSE"
    /// Whether a write was carried out is not known.
    case upstreamOutcomeUnknown = "UPSTREAM_OUTCOME_UNKNOWN"
    /// The workspace has failed often and is left alone for a while.
    case workspaceUnavailable = "WORKSPACE_UNAVAILABLE"
    /// The gateway failed; nothing of the reason is told.
    case `internal` = "INTERNAL"

    /// The error's extensions: its code, and more members if given.
    package func extensions(_ more: JSONObject = JSONObject()) -> JSONObject {
        var extensions = JSONObject()
        extensions["code"] = .string(rawValue)
        for (name, value) in more { extensions[name] = value }
        return extensions
    }
}

extension FieldFailure {
    /// A failure with a code.
    package init(_ code: ErrorCode, _ message: String, more: JSONObject = JSONObject()) {
        self.init(message, extensions: code.extensions(more))
    }
}
