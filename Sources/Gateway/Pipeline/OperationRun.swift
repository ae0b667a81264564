internal import GraphQL

/// An operation that has been admitted and prepared, and is to be executed.
struct OperationRun: Sendable {
    let operation: PreparedOperation
    var execution: Execution
    /// The key of the operation's result; nil: the result is not reused.
    let key: ResultKey?
    /// Whether it is executed, or waits for the result of an equal operation.
    var role: Role
    /// The keys of the results of root fields that are executed.
    var fieldKeys: [RootFieldResults.Key] = []

    /// The role of an operation in single-flight execution.
    enum Role: Sendable {
        /// It is executed; others may wait for its result if there is a leadership.
        case leader(OperationEstimate, SharedExecutions.Leadership?)
        /// It waits for the result of an equal operation, and is executed if that has none in time.
        case follower(SharedExecutions.Following)
    }
}
