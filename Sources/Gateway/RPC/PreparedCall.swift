internal import GraphQL

/// What a call comes to before anything is asked of the upstream.
enum PreparedCall: Sendable {
    /// It is answered already.
    case finished(RPCOutcome)
    /// The operation of a method, which selects one field.
    case method(PreparedOperation, type: TypeReference)
    /// An operation that the call brought, answered with its whole response.
    case operation(PreparedOperation)

    /// Whether there is an operation to execute.
    var takesWaiting: Bool {
        switch self {
        case .finished: false
        case .method, .operation: true
        }
    }

    /// The answer that is known.
    var outcome: RPCOutcome {
        switch self {
        case .finished(let outcome): outcome
        case .method, .operation: .failed(.gatewayFailed)
        }
    }

    /// The operation to execute.
    var prepared: PreparedOperation? {
        switch self {
        case .finished: nil
        case .method(let operation, type: _), .operation(let operation): operation
        }
    }
}
