/// A JSON-RPC call before any upstream call is made for it.
enum PreparedCall: Sendable {
    /// Its outcome is known.
    case finished(RPCOutcome)
    /// The operation of a method, which selects one field.
    case method(PreparedOperation)
    /// An operation that the client has sent: its result is the whole GraphQL response; with `needsData`, one without data is an error.
    case operation(PreparedOperation, needsData: Bool)

    /// The outcome, if it is known without execution.
    var outcome: RPCOutcome? {
        switch self {
        case .finished(let outcome): outcome
        case .method, .operation: nil
        }
    }

    /// The operation to execute.
    var operation: PreparedOperation? {
        switch self {
        case .finished: nil
        case .method(let operation), .operation(let operation, needsData: _): operation
        }
    }

    /// Whether the call is a mutation.
    var writes: Bool { operation?.kind == .mutation }
}
