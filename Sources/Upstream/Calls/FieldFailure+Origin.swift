internal import GraphQL
private import JSON

extension FieldFailure {
    /// The failure for an error in the gateway itself.
    static let gatewayFailed = FieldFailure(.internal, "Internal error.")

    /// The failure of a request that its client has cancelled, so that no client receives it.
    static let cancelled = FieldFailure(.requestCancelled, "The request was cancelled.")

    /// The failure of an operation that would begin more calls than it may.
    static func tooManyCalls(limit: Int) -> FieldFailure {
        FieldFailure(.tooExpensive, "The operation exceeds the limit of \(limit) upstream calls.")
    }

    /// The failure with the name of its workspace, where there are several.
    func of(workspace slug: String) -> FieldFailure {
        guard extensions["workspace"] == nil else { return self }
        var failure = self
        failure.extensions["workspace"] = .string(slug)
        return failure
    }

    /// The failure with the name of the workspace whose rows are missing because of it; a wrong count or row is not such a failure.
    func ofMissingRows(in slug: String) -> FieldFailure {
        extensions["code"] == .string(ErrorCode.upstreamInvalidResponse.rawValue) ? self : of(workspace: slug)
    }

    /// Whether a stale response may replace the failure, because the upstream caused it and not the call.
    var isUpstreamsFault: Bool {
        guard case .string(let text)? = extensions["code"] else { return false }
        let codes: [ErrorCode] = [
            .rateLimited, .upstreamError, .upstreamTimeout, .upstreamInvalidResponse, .upstreamOutcomeUnknown,
            .workspaceUnavailable,
        ]
        return codes.contains { $0.rawValue == text }
    }
}
