internal import GraphQL
internal import JSON

/// Executes the lines of a batch one by one.
package struct BatchExecutor: BatchEvaluating, ~Copyable {
    private var schemas = SchemaStore { LocalExecution(schema: $0) }

    /// The number of malformed lines so far; the result of each is an error.
    package private(set) var malformedLines = 0

    package init() {}

    /// The result of a line: `{"id":…,"data":…,"errors":[…]}`.
    package mutating func result(of line: [UInt8]) -> [UInt8] {
        let (result, isMalformed) = BatchCase.result(of: line) { entry, output in execute(entry, into: &output) }
        if isMalformed { malformedLines += 1 }
        return result
    }

    private mutating func execute(_ entry: BatchCase, into output: inout OutputBuffer) {
        switch schemas.prepared(entry.schema) {
        case .failure(let failure):
            output.append("\"errors\":")
            output.append(errorList: failure.errors)
        case .success(let execution):
            let request = LocalExecution.Request(
                query: Source(entry.query),
                variables: entry.variables ?? JSONObject(),
                operationName: entry.operationName,
                root: entry.rootValue
            )
            execution.writeMembers(of: request, into: &output)
        }
    }
}
