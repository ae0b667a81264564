/// Resolves bound fields: the engine's only access to data.
package protocol FieldResolver: Sendable {
    /// Finds the value of one bound field for all its parents; never throws: a failure belongs to the parents it hits.
    func resolve(_ request: FieldRequest) async -> Resolution

    /// Splits field requests that are ready at the same time into batches, each of which is better resolved together.
    func batches(of requests: [FieldRequest]) -> [[FieldRequest]]

    /// Finds the values of the fields of a batch, in its order.
    func resolve(batch requests: [FieldRequest]) async -> [Resolution]
}

extension FieldResolver {
    /// Each field request is a batch of its own.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] { requests.map { [$0] } }

    /// One field request after the other.
    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request)) }
        return resolutions
    }
}
