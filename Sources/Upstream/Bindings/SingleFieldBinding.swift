internal import GraphQL

/// A kind of binding whose fields are resolved one by one.
protocol SingleFieldBinding: BindingKind {
    /// Resolves a field for all its parents.
    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution
}

extension SingleFieldBinding {
    func resolve(_ requests: [FieldRequest], with resolver: UpstreamResolver) async -> [Resolution] {
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request, with: resolver)) }
        return resolutions
    }
}
