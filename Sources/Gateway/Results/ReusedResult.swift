internal import GraphQL
internal import Upstream

/// The result of an equal operation: a cached one, or one of an execution at the same time.
struct ReusedResult: Sendable {
    let data: SerializedResult
    /// The upstream calls that the operation was estimated to take.
    let estimate: OperationEstimate
    /// The calls behind the result, as the response reports them.
    let report: CallReport.Counts
    /// Until when an equal request would get the same response; nil: the result is not cached.
    var validity: ResponseValidity?
}
