package import JSON

extension Execution {
    /// Writes the value of a root field alone, `null` if it has none, and tells the errors.
    ///
    /// The operation selects just this field.
    package func writeRootField(
        into output: inout OutputBuffer,
        codes: FieldErrorCodes = FieldErrorCodes()
    ) -> [GraphQLError] {
        var writer = ResponseWriter(execution: self, codes: codes)
        var data = OutputBuffer(minimumCapacity: 4096)
        guard let field = plan[plan.root].variants.first?.fields.first, writer.writeRoot(into: &data) else {
            output.append("null")
            return writer.errors
        }
        // What is left of `{"key":value}` without its frame. The key is encoded with the comma that it does without here.
        let start = plan.steps.steps[field.index].leaf.key.count
        output.append(contentsOf: data.array(), in: start..<data.count - 1)
        return writer.errors
    }
}
