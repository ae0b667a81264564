package import GraphQL
package import JSON

extension ErrorCode {
    /// The upstream requires a credential, or does not accept the given one.
    package static let unauthenticated = ErrorCode("UNAUTHENTICATED")
    /// The credential lacks the permission.
    package static let forbidden = ErrorCode("FORBIDDEN")
    /// The object does not exist.
    package static let notFound = ErrorCode("NOT_FOUND")
    /// The rate limit is exhausted; `retryAfter` has the seconds to wait.
    package static let rateLimited = ErrorCode("RATE_LIMITED")
    /// The operation would make more upstream calls than it may.
    package static let tooExpensive = ErrorCode("TOO_EXPENSIVE")
    /// The upstream failed.
    package static let upstreamError = ErrorCode("UPSTREAM_ERROR")
    /// The upstream did not respond in time.
    package static let upstreamTimeout = ErrorCode("UPSTREAM_TIMEOUT")
    /// The upstream's response is not valid.
    package static let upstreamInvalidResponse = ErrorCode("UPSTREAM_INVALID_RESPONSE")
    /// It is unknown whether a write was executed.
    package static let upstreamOutcomeUnknown = ErrorCode("UPSTREAM_OUTCOME_UNKNOWN")
    /// The client has cancelled the request.
    package static let requestCancelled = ErrorCode("REQUEST_CANCELLED")
    /// The workspace has failed repeatedly and is not called for a while.
    package static let workspaceUnavailable = ErrorCode("WORKSPACE_UNAVAILABLE")
}

extension FieldFailure {
    /// A failure with a code.
    package init(_ code: ErrorCode, _ message: String, more: JSONObject = JSONObject()) {
        self.init(message, extensions: code.extensions(more))
    }
}
