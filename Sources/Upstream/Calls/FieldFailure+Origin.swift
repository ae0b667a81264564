internal import GraphQL
private import JSON

extension FieldFailure {
    /// Something that should not happen did.
    static let gatewayFailed = FieldFailure(.internal, "Internal error.")

    /// The client is gone; nobody reads this.
    static let cancelled = FieldFailure(.requestCancelled, "The request was cancelled.")

    /// The operation has begun as many calls as it may.
    static func tooManyCalls(limit: Int) -> FieldFailure {
        FieldFailure(.tooExpensive, "The operation exceeds the limit of \(limit) upstream calls.")
    }

    /// The same, which names the workspace that it is of: one of several.
    func of(workspace slug: String) -> FieldFailure {
        guard extensions["workspace"] == nil else { return self }
        var failure = self
        failure.extensions["workspace"] = .string(slug)
        return failure
    }

    /// The same, which names the workspace whose rows are missing for it; a wrong count or row is none of these.
    func ofMissingRows(in slug: String) -> FieldFailure {
        extensions["code"] == .string(ErrorCode.upstreamInvalidResponse.rawValue) ? self : of(workspace: slug)
    }

    /// Whether a cached response may stand in: the upstream is to blame, not the call.
    var isUpstreamsFault: Bool {
        guard case .string(let text)? = extensions["code"] else { return false }
        let codes: [ErrorCode] = [
            .rateLimited, .upstreamError, .upstreamTimeout, .upstreamInvalidResponse, .upstreamOutcomeUnknown,
            .workspaceUnavailable,
        ]
        return codes.contains { $0.rawValue == text }
    }
}
