/// How an operation ended, as values: each protocol serializes it in its own way.
enum OperationOutcome: Sendable {
    /// It was not executed.
    case refused(RequestRefusal)
    /// It was not executed, as the result of an equal operation is at hand.
    case reused(ReusedResult)
    /// It was executed.
    case executed(ExecutedOperation)
}
