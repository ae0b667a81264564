internal import GraphQL

/// An operation that has been admitted and prepared, and is to be executed.
struct OperationRun: Sendable {
    let operation: PreparedOperation
    var execution: Execution
    /// What names the operation's result; nil if the result is not reused.
    let key: ResultKey?
    /// Whether it is executed, or waits for an equal operation.
    var role: Role
    /// What names the results of root fields that are executed.
    var fieldKeys: [RootFieldResults.Key] = []

    /// Whose execution an operation has its result from.
    enum Role: Sendable {
        /// Its own; others may wait for the result if there is a leadership.
        case leader(OperationEstimate, SharedExecutions.Leadership?)
        /// That of an equal operation, if it has a result in time.
        case follower(SharedExecutions.Following)
    }
}
