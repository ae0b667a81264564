internal import GraphQL

/// What names the results of a stream: equal subscriptions of callers that are shown the same, and whose calls count alike.
struct StreamKey: Sendable, Hashable {
    /// The operation, with the keys of its response.
    let signature: OperationSignature
    /// Whose credentials see the results.
    let caller: CallerIdentity
    /// Against whose minute calls count, where clients are limited.
    let clients: [ClientID]
    /// The JSON-RPC method that the operation stands for; nil: it came as GraphQL.
    let method: String?
}
