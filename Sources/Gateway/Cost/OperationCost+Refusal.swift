package import GraphQL
package import JSON
package import Upstream

extension OperationCost {
    /// The most paths that a refusal lists.
    private static let namedPaths = 5

    /// The error for an operation that is likely to exceed a limit; nil: it may be executed.
    ///
    /// - Parameters:
    ///   - limit: the most upstream calls of an operation.
    ///   - rows: the most rows that it may be guaranteed to return.
    ///   - bytes: the most bytes that it may be guaranteed to return.
    /// - Returns: an error with the code `TOO_EXPENSIVE`.
    package func refusal(limit: Int, rows: Int = .max, bytes: Int = .max) -> GraphQLError? {
        // The likely cost is not computed for an operation that can only take few calls and return few rows.
        let mostRows = steps.reduce(0) { min(CostRange.ceiling, $0 + $1.rows.max) }
        guard calls.max > limit || mostRows > min(Self.fewRows, rows) else { return nil }
        let likely = likely
        if calls.max > limit, likely.calls.max > limit { return likely.refusal(over: limit, fewest: calls.min) }
        let shown = likely.shown
        if shown.rows > rows { return likely.refusal(showing: shown.rows, "rows", over: rows) }
        return shown.bytes > bytes ? likely.refusal(showing: shown.bytes, "bytes", over: bytes) : nil
    }

    /// The number of rows up to which the likely cost is not computed, unless fewer rows are allowed.
    private static let fewRows = 1000

    /// The error of a likely cost above the limit.
    ///
    /// - Parameters:
    ///   - limit: the limit.
    ///   - fewest: the guaranteed calls, which the likely cost does not include.
    /// - Returns: the error.
    private func refusal(over limit: Int, fewest: Int) -> GraphQLError {
        let calls = CostRange(min(fewest, calls.max), calls.max)
        var error = GraphQLError(
            "The operation can take \(calls.mostText) upstream calls, and may take \(limit). Ask for fewer rows, or split it."
        )
        error.extensions = ErrorCode.tooExpensive.extensions([
            "estimated": calls.json,
            // An alias for one minor version.
            "priced": calls.json,
            "limit": .integer(limit),
            "paths": .array(
                mostExpensive(Self.namedPaths).map { ["path": .string($0.path), "calls": .integer($0.calls)] }
            ),
        ])
        return error
    }

    private func refusal(showing number: Int, _ unit: String, over limit: Int) -> GraphQLError {
        var error = GraphQLError(
            "The operation shows at least \(number) \(unit), and may show \(limit). Ask for fewer rows, or split it."
        )
        error.extensions = ErrorCode.tooExpensive.extensions([
            "limit": .integer(limit),
            "paths": .array(largest(Self.namedPaths).map { ["path": .string($0.path), "rows": .integer($0.rows)] }),
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
