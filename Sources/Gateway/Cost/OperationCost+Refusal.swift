package import GraphQL
package import JSON
package import Upstream

extension OperationCost {
    /// The most paths that a refusal names.
    private static let namedPaths = 5

    /// Why the operation is not executed; nil: it costs no more than it may.
    ///
    /// - Parameter limit: the most upstream calls of an operation.
    /// - Returns: an error with the code `TOO_EXPENSIVE`.
    package func refusal(limit: Int) -> GraphQLError? {
        guard calls.max > limit else { return nil }
        var error = GraphQLError(
            "The operation can take \(calls.mostText) upstream calls, and may take \(limit). Ask for fewer rows, or split it."
        )
        error.extensions = ErrorCode.tooExpensive.extensions([
            "priced": calls.json,
            "limit": .integer(limit),
            "paths": .array(
                mostExpensive(Self.namedPaths).map { ["path": .string($0.path), "calls": .integer($0.calls)] }
            ),
        ])
        return error
    }
}

extension CostRange {
    /// The bounds as JSON.
    package var json: JSONValue { ["min": .integer(min), "max": .integer(max)] }

    /// The upper bound in words.
    var mostText: String { max == Self.ceiling ? "\(Self.ceiling) or more" : "up to \(max)" }
}
