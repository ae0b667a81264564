extension SchemaValidator {
    /// Directives and their arguments have valid names, and arguments have input types.
    ///
    /// https://spec.graphql.org/September2025/#sec-Type-System.Directives.Type-Validation
    mutating func validateDirectives() {
        for directive in schema.directives {
            validateName(directive.name, at: directive.node?.range)
            for argument in directive.arguments {
                validateName(argument.name, at: argument.node?.range)
                let coordinate = "@\(directive.name)(\(argument.name):)"
                if !schema.namedType(of: argument.type).isInputType {
                    report(
                        "The type of \(coordinate) must be Input Type but got: \(schema.text(of: argument.type)).",
                        at: [argument.node?.range]
                    )
                }
                validateDeprecation(of: argument, as: "argument \(coordinate)")
            }
        }
    }

    /// A required argument cannot be deprecated, as clients could not leave it out.
    ///
    /// https://spec.graphql.org/September2025/#sec--deprecated
    mutating func validateDeprecation(of value: InputValueDefinition, as title: @autoclosure () -> String) {
        guard value.isRequired, value.deprecationReason != nil else { return }
        let directive = value.directives.first { $0.name.value == BuiltInDirectives.deprecated.name }
        report("Required \(title()) cannot be deprecated.", at: [directive?.range, value.node?.type.range])
    }
}
