internal import GraphQL
internal import Upstream

/// An operation whose execution has ended.
struct ExecutedOperation: Sendable {
    let execution: Execution
    /// When the client request must have its response.
    let deadline: ContinuousClock.Instant
    var report = CallReport.Counts()
    /// The upstream calls that the operation was estimated to take.
    var estimate = OperationEstimate()
    /// Under which key the result is cached; nil: it is not.
    var cacheKey: ResultKey?
    /// Under which keys the results of root fields are cached.
    var fieldKeys: [RootFieldResults.Key] = []
    /// The requests that wait for the result of this execution.
    var followers: SharedExecutions.Leadership?
}
