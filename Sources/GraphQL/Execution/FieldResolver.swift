/// Resolves bound fields: the engine's only access to data.
package protocol FieldResolver: Sendable {
    /// Finds the value of one bound field for all its parents; never throws: a failure belongs to the parents it hits.
    func resolve(_ request: FieldRequest) async -> Resolution

    /// Splits field requests that are ready at the same time into batches, each of which is better resolved together.
    func batches(of requests: [FieldRequest]) -> [[FieldRequest]]

    /// Finds the values of the fields of a batch, in its order.
    func resolve(batch requests: [FieldRequest]) async -> [Resolution]

    /// Finds the values of those fields of a batch that need no waiting, in its order; nil for a field that has to be resolved by `resolve`.
    func resolveFromMemory(batch requests: [FieldRequest]) -> [Resolution?]
}

extension FieldResolver {
    /// Each field request is a batch of its own.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] { requests.map { [$0] } }

    /// Nothing is in memory.
    package func resolveFromMemory(batch requests: [FieldRequest]) -> [Resolution?] {
        Array(repeating: nil, count: requests.count)
    }

    /// One field request after the other.
    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request)) }
        return resolutions
    }
}
