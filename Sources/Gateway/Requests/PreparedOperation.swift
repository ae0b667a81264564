internal import GraphQL
internal import Upstream

/// An operation that is ready to be executed.
package struct PreparedOperation: Sendable {
    let plan: Plan
    let variables: VariableValues
    /// The client's rate-limit status, if it is limited.
    var rateLimitStatus: RateLimitStatus?

    /// The kind of an operation.
    package enum Kind: String, Sendable {
        case query
        case mutation
        case subscription
    }

    /// Whether it reads, writes or subscribes.
    package var kind: Kind {
        switch plan.operation {
        case .query: .query
        case .mutation: .mutation
        case .subscription: .subscription
        }
    }
}

/// A prepared request: ready for execution, or refused.
package enum Preparation: Sendable {
    case ready(PreparedOperation)
    case refused(GraphQLResponse)
}
