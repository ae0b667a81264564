/// How an operation goes on once it has been prepared.
enum OperationStart: Sendable {
    /// Its outcome needs no upstream call.
    case finished(OperationOutcome)
    /// It is to be executed.
    case run(OperationRun)
}
