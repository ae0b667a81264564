extension SchemaValidator {
    /// An object or interface type has fields with output types, whose arguments have input types.
    ///
    /// https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
    mutating func validateFields(of type: NamedType) {
        if type.fields.isEmpty {
            report("Type \(type.name) must define one or more fields.", at: type.definitions.map(\.range))
        }
        for field in type.fields {
            validateName(field.name, at: field.node?.range)
            // Spelt out only where something is wrong.
            var coordinate: String { "\(type.name).\(field.name)" }
            if !schema.namedType(of: field.type).isOutputType {
                report(
                    "The type of \(coordinate) must be Output Type but got: \(schema.text(of: field.type)).",
                    at: [field.node?.type.range]
                )
            }
            for argument in field.arguments { validate(argument, as: "\(coordinate)(\(argument.name):)") }
        }
    }

    private mutating func validate(_ argument: InputValueDefinition, as coordinate: @autoclosure () -> String) {
        validateName(argument.name, at: argument.node?.range)
        if !schema.namedType(of: argument.type).isInputType {
            report(
                "The type of \(coordinate()) must be Input Type but got: \(schema.text(of: argument.type)).",
                at: [argument.node?.type.range]
            )
        }
        validateDeprecation(of: argument, as: "argument \(coordinate())")
    }
}
