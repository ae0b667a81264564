internal import GraphQL
internal import Upstream

extension CallReport.Counts {
    /// Whether an operation with errors of these codes has written nothing, and may succeed when it is sent again.
    func mayBeRepeated(_ codes: [String]) -> Bool {
        writes == 0 && (made == 0 || codes.contains { Self.temporary.contains($0) })
    }

    private static let temporary: Set<String> = Set(
        [
            ErrorCode.rateLimited, .workspaceUnavailable, .upstreamTimeout, .upstreamError, .unauthenticated,
            .forbidden, .requestCancelled,
        ].map(\.rawValue)
    )
}
