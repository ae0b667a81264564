internal import GraphQL
internal import JSON

/// Checks the lines of a batch one by one.
package struct BatchValidator: BatchEvaluating, ~Copyable {
    private var schemas = SchemaStore { DocumentCheck(schema: $0) }

    /// The number of malformed lines so far; the result of each is an error.
    package private(set) var malformedLines = 0

    package init() {}

    /// The result of a line: `{"id":…,"errors":[…]}`.
    package mutating func result(of line: [UInt8]) -> [UInt8] {
        let (result, isMalformed) = BatchCase.result(of: line) { entry, output in
            output.append("\"errors\":")
            output.append(errorList: errors(of: entry))
        }
        if isMalformed { malformedLines += 1 }
        return result
    }

    private mutating func errors(of entry: BatchCase) -> [GraphQLError] {
        switch schemas.prepared(entry.schema) {
        case .failure(let failure):
            return failure.errors
        case .success(let check):
            let source = Source(entry.query)
            guard entry.variables != nil || entry.operationName != nil else { return check.check(source).errors }
            let variables = entry.variables ?? JSONObject()
            return check.check(source, variables: variables, operationName: entry.operationName).errors
        }
    }
}
