internal import GraphQL

/// A call as prepared, before anything is sent to the upstream.
enum PreparedCall: Sendable {
    /// A call whose outcome is known already.
    case finished(RPCOutcome)
    /// The operation of a method, which selects one field.
    case method(PreparedOperation, type: TypeReference)
    /// An operation that the call brought; its result is the whole GraphQL response.
    case operation(PreparedOperation)

    /// Whether there is an operation to execute.
    var takesWaiting: Bool {
        switch self {
        case .finished: false
        case .method, .operation: true
        }
    }

    /// The outcome, where it is known already.
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
