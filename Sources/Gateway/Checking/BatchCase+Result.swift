internal import GraphQL
internal import JSON

extension BatchCase {
    /// The result of a line: an object with the case's id and further members.
    ///
    /// - Parameters:
    ///   - line: the line, in UTF-8.
    ///   - members: writes the members of the result of a well-formed case.
    /// - Returns: the result; for a malformed line it is an error.
    static func result(
        of line: [UInt8],
        _ members: (BatchCase, inout OutputBuffer) -> Void
    ) -> (result: [UInt8], isMalformed: Bool) {
        var output = OutputBuffer(minimumCapacity: 1024)
        var isMalformed = false
        output.append("{\"id\":")
        do {
            let entry = try BatchCase(line)
            output.append(contentsOf: entry.id)
            output.append(UInt8(ascii: ","))
            members(entry, &output)
        } catch {
            isMalformed = true
            output.append(contentsOf: error.id)
            output.append(",\"errors\":")
            output.append(errorList: [GraphQLError(error.message)])
        }
        output.append(UInt8(ascii: "}"))
        return (output.array(), isMalformed)
    }
}
