internal import GraphQL

/// Identifies a broadcast: equal subscriptions of callers that may see the same results, and whose calls count alike.
struct StreamKey: Sendable, Hashable {
    /// The operation, with its response keys.
    let signature: OperationSignature
    /// The credentials with which the results are fetched.
    let caller: CallerIdentity
    /// The clients whose minute the calls count against, where clients are limited.
    let clients: [ClientID]
    /// The JSON-RPC method of the operation; nil: it came as GraphQL.
    let method: String?
}
