internal import GraphQL
internal import Upstream

/// The result of an equal operation: a cached one, or one of an execution at the same time.
struct ReusedResult: Sendable {
    let data: SerializedResult
    /// The estimated cost of the operation.
    let estimate: OperationEstimate
    /// The calls behind the result, as the response reports them.
    let report: CallReport.Counts
    /// The validity of the response for equal requests; nil: the result is not cached.
    var validity: ResponseValidity?
}
