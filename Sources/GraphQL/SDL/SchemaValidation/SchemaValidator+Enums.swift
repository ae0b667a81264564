extension SchemaValidator {
    /// An enum has values.
    ///
    /// https://spec.graphql.org/September2025/#sec-Enums.Type-Validation
    mutating func validateValues(of enumeration: NamedType) {
        if enumeration.values.isEmpty {
            report(
                "Enum type \(enumeration.name) must define one or more values.",
                at: enumeration.definitions.map(\.range)
            )
        }
        for value in enumeration.values { validateName(value.name, at: value.node?.range) }
    }
}
