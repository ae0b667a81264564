internal import GraphQL
internal import Upstream

/// An operation that has been admitted, prepared and estimated, and is to be executed.
struct OperationRun: Sendable {
    let execution: Execution
    /// What names the operation's result; nil if the result is not reused.
    let key: ResultKey?
    /// The upstream calls that the operation was estimated to take.
    let estimate: OperationEstimate
}
