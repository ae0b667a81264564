/// Resolves bound fields: the engine's only access to data.
package protocol FieldResolver: Sendable {
    /// Resolves one bound field for all its parents; does not throw, as a failure belongs to single parents.
    func resolve(_ request: FieldRequest) async -> Resolution

    /// Splits field requests that are ready at the same time into batches that are resolved together.
    func batches(of requests: [FieldRequest]) -> [[FieldRequest]]

    /// Resolves the fields of a batch, in its order.
    func resolve(batch requests: [FieldRequest]) async -> [Resolution]

    /// Resolves those fields of a batch that need no waiting, in its order; nil for a field that `resolve` has to resolve.
    func resolveFromMemory(batch requests: [FieldRequest]) -> [Resolution?]
}

extension FieldResolver {
    /// Makes each field request a batch of its own.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] { requests.map { [$0] } }

    /// Resolves no field.
    package func resolveFromMemory(batch requests: [FieldRequest]) -> [Resolution?] {
        Array(repeating: nil, count: requests.count)
    }

    /// Resolves one field request after the other.
    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request)) }
        return resolutions
    }
}
