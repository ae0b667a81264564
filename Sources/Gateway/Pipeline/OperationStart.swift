/// The next step of a prepared operation.
enum OperationStart: Sendable {
    /// It has an outcome without an upstream call.
    case finished(OperationOutcome)
    /// It is to be executed.
    case run(OperationRun)
}
