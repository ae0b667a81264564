internal import GraphQL
internal import JSON

/// Checks the lines of a batch one by one.
package struct BatchValidator: BatchEvaluating, ~Copyable {
    private var schemas = SchemaStore { DocumentCheck(schema: $0) }

    /// How many lines were no cases; each was answered with an error that says so.
    package private(set) var malformedLines = 0

    package init() {}

    /// The answer to a line: `{"id":…,"errors":[…]}`.
    package mutating func answer(_ line: [UInt8]) -> [UInt8] {
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
            guard let variables = entry.variables else { return check.check(source).errors }
            return check.check(source, variables: variables, operationName: entry.operationName).errors
        }
    }
}

extension OutputBuffer {
    /// Begins the answer to a case.
    mutating func append(caseID id: ArraySlice<UInt8>) {
        append("{\"id\":")
        append(contentsOf: id)
    }
}
