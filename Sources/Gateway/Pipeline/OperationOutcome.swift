/// The outcome of an operation, before its protocol serializes it.
enum OperationOutcome: Sendable {
    /// It was refused.
    case refused(RequestRefusal)
    /// It was not executed, as the result of an equal operation was available.
    case reused(ReusedResult)
    /// It was executed.
    case executed(ExecutedOperation)
}
