extension SchemaValidator {
    /// An input object type has fields with input types; fields of a OneOf input object are nullable and have no defaults.
    ///
    /// https://spec.graphql.org/September2025/#sec-Input-Objects.Type-Validation
    mutating func validateInputFields(of type: NamedType) {
        if type.inputFields.isEmpty {
            report(
                "Input Object type \(type.name) must define one or more fields.",
                at: type.definitions.map(\.range)
            )
        }
        validateOneOfExtensions(of: type)
        for field in type.inputFields {
            validateName(field.name, at: field.node?.range)
            var coordinate: String { "\(type.name).\(field.name)" }
            if !schema.namedType(of: field.type).isInputType {
                report(
                    "The type of \(coordinate) must be Input Type but got: \(schema.text(of: field.type)).",
                    at: [field.node?.type.range]
                )
            }
            validateDeprecation(of: field, as: "input field \(coordinate)")
            if type.isOneOf { validateOneOf(field, as: coordinate) }
        }
    }

    /// Only the definition of an input object, not an extension, may declare it as a OneOf input object.
    ///
    /// https://spec.graphql.org/September2025/#sec-Input-Object-Extensions
    private mutating func validateOneOfExtensions(of type: NamedType) {
        for definition in type.definitions where definition.isExtension {
            for directive in definition.directives where directive.name.value == BuiltInDirectives.oneOf.name {
                report(
                    "Directive \"@oneOf\" must not be provided by an extension of Input Object type \(type.name).",
                    at: [directive.range]
                )
            }
        }
    }

    /// All fields of a OneOf input object may be left out, for only one is given.
    ///
    /// https://spec.graphql.org/September2025/#sec-OneOf-Input-Objects
    private mutating func validateOneOf(_ field: InputValueDefinition, as coordinate: String) {
        if field.type.isNonNull {
            report("OneOf input field \(coordinate) must be nullable.", at: [field.node?.type.range])
        }
        if field.defaultValue != nil {
            report("OneOf input field \(coordinate) cannot have a default value.", at: [field.node?.range])
        }
    }

    /// Notes that no finite value could be given for the type.
    mutating func report(_ cycle: InputObjectCycles.Cycle) {
        let path = cycle.fields.map(\.name).joined(separator: ".")
        report(
            "Cannot reference Input Object \"\(cycle.type.name)\" within itself "
                + "through a series of non-null fields: \"\(path)\".",
            at: cycle.fields.map { $0.node?.range }
        )
    }

    /// Notes that a default could never be worked out.
    ///
    /// graphql-js 16 has no words for it; these are graphql-js 17's.
    mutating func report(defaultCycle cycle: InputObjectDefaultCycles.Cycle) {
        guard let field = cycle.first else { return }
        let via = cycle.dropFirst().map(\.coordinate).joined(separator: ", ")
        report(
            "Invalid circular reference. The default value of Input Object field \(field.coordinate) references itself"
                + (via.isEmpty ? "." : " via the default values of: \(via)."),
            at: cycle.map(\.defaultValue.range)
        )
    }
}
