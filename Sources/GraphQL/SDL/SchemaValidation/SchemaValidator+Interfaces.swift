extension SchemaValidator {
    /// A type only implements interfaces, each once, including the interfaces that these implement, and has their fields.
    ///
    /// https://spec.graphql.org/September2025/#IsValidImplementation()
    mutating func validateInterfaces(of type: NamedType) {
        var seen: Set<TypeID> = []
        for id in type.interfaces {
            let interface = schema[id]
            if interface.kind != .interface {
                report(
                    "Type \(type.name) must only implement Interface types, it cannot implement \(interface.name).",
                    at: type.nodes(naming: interface)
                )
            } else if type === interface {
                report(
                    "Type \(type.name) cannot implement itself because it would create a circular reference.",
                    at: type.nodes(naming: interface)
                )
            } else if !seen.insert(id).inserted {
                report(
                    "Type \(type.name) can only implement \(interface.name) once.",
                    at: type.nodes(naming: interface)
                )
            } else {
                validateAncestors(of: interface, implementedBy: type)
                for field in interface.fields { validate(field, of: interface, implementedBy: type) }
            }
        }
    }

    private mutating func validateAncestors(of interface: NamedType, implementedBy type: NamedType) {
        for id in interface.interfaces where !type.interfaces.contains(id) {
            let ancestor = schema[id]
            report(
                ancestor === type
                    ? "Type \(type.name) cannot implement \(interface.name) "
                        + "because it would create a circular reference."
                    : "Type \(type.name) must implement \(ancestor.name) "
                        + "because it is implemented by \(interface.name).",
                at: interface.nodes(naming: ancestor) + type.nodes(naming: interface)
            )
        }
    }

    private mutating func validate(
        _ promised: FieldDefinition,
        of interface: NamedType,
        implementedBy type: NamedType
    ) {
        let coordinate = "\(interface.name).\(promised.name)"
        guard let provided = type.fields[promised.name] else {
            return report(
                "Interface field \(coordinate) expected but \(type.name) does not provide it.",
                at: [promised.node?.range] + type.definitions.map(\.range)
            )
        }
        if !schema.isSubtype(provided.type, of: promised.type) {
            report(
                "Interface field \(coordinate) expects type \(schema.text(of: promised.type)) "
                    + "but \(type.name).\(promised.name) is type \(schema.text(of: provided.type)).",
                at: [promised.node?.type.range, provided.node?.type.range]
            )
        }
        for argument in promised.arguments {
            validate(argument, of: promised, at: coordinate, implementedBy: (type, provided))
        }
        for argument in provided.arguments where argument.isRequired && promised.arguments[argument.name] == nil {
            report(
                "Object field \(type.name).\(promised.name) includes required argument \(argument.name) "
                    + "that is missing from the Interface field \(coordinate).",
                at: [argument.node?.range, promised.node?.range]
            )
        }
        // graphql-js 16 does not check it; the message is graphql-js 17's.
        if provided.deprecationReason != nil, promised.deprecationReason == nil {
            let directive = provided.directives.first { $0.name.value == BuiltInDirectives.deprecated.name }
            report(
                "Interface field \(coordinate) is not deprecated, so implementation field "
                    + "\(type.name).\(promised.name) must not be deprecated.",
                at: [directive?.range, provided.node?.type.range]
            )
        }
    }

    private mutating func validate(
        _ promised: InputValueDefinition,
        of field: FieldDefinition,
        at coordinate: String,
        implementedBy provider: (type: NamedType, field: FieldDefinition)
    ) {
        let title = "Interface field argument \(coordinate)(\(promised.name):)"
        let providing = "\(provider.type.name).\(field.name)"
        guard let provided = provider.field.arguments[promised.name] else {
            return report(
                "\(title) expected but \(providing) does not provide it.",
                at: [promised.node?.range, provider.field.node?.range]
            )
        }
        if provided.type != promised.type {
            report(
                "\(title) expects type \(schema.text(of: promised.type)) "
                    + "but \(providing)(\(promised.name):) is type \(schema.text(of: provided.type)).",
                at: [promised.node?.type.range, provided.node?.type.range]
            )
        }
    }
}

extension NamedType {
    /// The positions at which the type's definitions declare that it implements an interface.
    fileprivate func nodes(naming interface: NamedType) -> [SourceRange?] {
        definitions.flatMap(\.members.interfaces).filter { $0.name.value == interface.name }.map(\.range)
    }
}
