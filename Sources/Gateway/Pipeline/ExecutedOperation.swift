internal import GraphQL
internal import Upstream

/// An operation whose execution has ended.
// PERF: a class: it is passed on a dozen times, and an execution has many references.
final class ExecutedOperation: Sendable {
    let execution: Execution
    /// When the client request must have its response.
    let deadline: ContinuousClock.Instant
    let report: CallReport.Counts
    /// The upstream calls that the operation was estimated to take.
    let estimate: OperationEstimate
    /// Under which key the result is cached; nil: it is not.
    let cacheKey: ResultKey?
    /// Under which keys the results of root fields are cached.
    let fieldKeys: [RootFieldResults.Key]
    /// The requests that wait for the result of this execution.
    let followers: SharedExecutions.Leadership?

    /// Describes an execution that is complete; without more, nobody else has its result.
    init(
        execution: Execution,
        deadline: ContinuousClock.Instant,
        report: CallReport.Counts = CallReport.Counts(),
        estimate: OperationEstimate = OperationEstimate(),
        cacheKey: ResultKey? = nil,
        fieldKeys: [RootFieldResults.Key] = [],
        followers: SharedExecutions.Leadership? = nil
    ) {
        self.execution = execution
        self.deadline = deadline
        self.report = report
        self.estimate = estimate
        self.cacheKey = cacheKey
        self.fieldKeys = fieldKeys
        self.followers = followers
    }
}
