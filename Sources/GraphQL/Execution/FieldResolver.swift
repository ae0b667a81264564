/// Resolves bound fields: the one thing that the engine asks of the world outside.
package protocol FieldResolver: Sendable {
    /// Finds the value of one bound field for all its parents; never throws: a failure belongs to the parents it hits.
    func resolve(_ request: FieldRequest) async -> Resolution

    /// Splits needs that are ready at the same time into groups, each of which is better resolved together.
    func batches(of requests: [FieldRequest]) -> [[FieldRequest]]

    /// Finds the values of the fields of a group, in its order.
    func resolve(batch requests: [FieldRequest]) async -> [Resolution]
}

extension FieldResolver {
    /// Each need is a group of its own.
    package func batches(of requests: [FieldRequest]) -> [[FieldRequest]] { requests.map { [$0] } }

    /// One need after the other.
    package func resolve(batch requests: [FieldRequest]) async -> [Resolution] {
        var resolutions: [Resolution] = []
        for request in requests { resolutions.append(await resolve(request)) }
        return resolutions
    }
}
