internal import GraphQL

/// The objects that an argument names among all types and workspaces.
struct NodesBinding: SingleFieldBinding {
    /// The argument, which is one name or a list of them.
    let argument: String

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        await resolver.resolveNodes(request, argument: argument)
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        estimator.estimateNodes(argument: argument, field)
    }
}
