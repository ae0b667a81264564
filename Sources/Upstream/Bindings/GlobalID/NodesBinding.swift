internal import GraphQL

/// A binding to the objects whose global ids an argument has.
struct NodesBinding: SingleFieldBinding {
    /// The argument, which has one id or a list of ids.
    let argument: String

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        await resolver.resolveNodes(request, argument: argument)
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        estimator.estimateNodes(argument: argument, field)
    }
}
