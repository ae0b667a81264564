internal import GraphQL
internal import Upstream

/// An operation whose execution is complete.
// PERF: a class: it is passed on a dozen times, and an execution has many references.
final class ExecutedOperation: Sendable {
    let execution: Execution
    /// The instant at which the client request times out.
    let deadline: ContinuousClock.Instant
    let report: CallReport.Counts
    /// The estimated cost of the operation.
    let estimate: OperationEstimate
    /// The key under which the result is cached; nil: it is not cached.
    let cacheKey: ResultKey?
    /// The keys under which the results of root fields are cached.
    let fieldKeys: [RootFieldResults.Key]
    /// The requests that wait for this result; nil: there are none.
    let followers: SharedExecutions.Leadership?

    /// Makes the outcome of a complete execution; by default it is not cached or shared.
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
