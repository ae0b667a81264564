internal import GraphQL
internal import JSON

/// Checks the lines of a batch one by one.
package struct BatchValidator: BatchEvaluating, ~Copyable {
    private var schemas = SchemaStore { DocumentCheck(schema: $0) }

    /// How many lines were no cases; the result of each is an error that says so.
    package private(set) var malformedLines = 0

    package init() {}

    /// The result of a line: `{"id":…,"errors":[…]}`.
    package mutating func result(of line: [UInt8]) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 512)
        do {
            let entry = try BatchCase(line)
            output.append(caseID: entry.id)
            output.append(",\"errors\":")
            output.append(errorList: errors(of: entry))
        } catch {
            malformedLines += 1
            output.append(caseID: error.id)
            output.append(",\"errors\":")
            output.append(errorList: [GraphQLError(error.message)])
        }
        output.append(UInt8(ascii: "}"))
        return output.array()
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

extension OutputBuffer {
    /// Begins the result of a case.
    mutating func append(caseID id: ArraySlice<UInt8>) {
        append("{\"id\":")
        append(contentsOf: id)
    }
}
