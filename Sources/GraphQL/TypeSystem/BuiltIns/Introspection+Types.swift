internal import JSON

// https://spec.graphql.org/September2025/#sec-Schema-Introspection.Schema-Introspection-Schema

extension Introspection {
    /// The types of introspection, in order of their identities.
    package static let types: [NamedType] = [
        schemaType, typeType, typeKindType, fieldType, inputValueType, enumValueType, directiveType,
        directiveLocationType,
    ]

    private static let schemaType = object(
        schema,
        "__Schema",
        "What a service can do: its types, its directives and where operations begin.",
        [
            plain("description", nullableString, "What the schema is about."),
            plain("types", nonNullList(of: type), "All types of the schema."),
            plain("queryType", .nonNull(.named(type)), "The type at which queries begin."),
            plain("mutationType", .named(type), "The type at which mutations begin, if there are any."),
            plain("subscriptionType", .named(type), "The type at which subscriptions begin, if there are any."),
            plain("directives", nonNullList(of: directive), "All directives of the schema."),
        ]
    )

    private static let typeType = object(
        type,
        "__Type",
        "A named type of any kind, or a list or non-null wrapper around another type. "
            + "Which fields have a value depends on the kind.",
        [
            plain("kind", .nonNull(.named(typeKind)), "What kind of type it is."),
            plain("name", nullableString, "The name; null for wrappers."),
            plain("description", nullableString, "What the type is for."),
            plain("specifiedByURL", nullableString, "Where a scalar is specified."),
            withDeprecated("fields", list(of: field), "The fields of an object or interface type."),
            plain("interfaces", list(of: type), "The interfaces that an object or interface type implements."),
            plain("possibleTypes", list(of: type), "The object types of an interface or union."),
            withDeprecated("enumValues", list(of: enumValue), "The values of an enum."),
            withDeprecated("inputFields", list(of: inputValue), "The fields of an input object type."),
            plain("ofType", .named(type), "The type inside a wrapper."),
            plain("isOneOf", .named(BuiltInTypes.boolean), "Whether an input object takes exactly one of its fields."),
        ]
    )

    private static let fieldType = object(
        field,
        "__Field",
        "A field of an object or interface type.",
        [
            plain("name", nonNullString, "The name."),
            plain("description", nullableString, "What the field yields."),
            withDeprecated("args", nonNullList(of: inputValue), "The arguments."),
            plain("type", .nonNull(.named(type)), "The type of the field's value."),
        ] + deprecation
    )

    private static let inputValueType = object(
        inputValue,
        "__InputValue",
        "An argument, or a field of an input object type.",
        [
            plain("name", nonNullString, "The name."),
            plain("description", nullableString, "What the value means."),
            plain("type", .nonNull(.named(type)), "The type of the value."),
            plain("defaultValue", nullableString, "The value taken if none is given, as GraphQL text."),
        ] + deprecation
    )

    private static let enumValueType = object(
        enumValue,
        "__EnumValue",
        "One value of an enum. Responses show it as a string, its name.",
        [
            plain("name", nonNullString, "The name."),
            plain("description", nullableString, "What the value means."),
        ] + deprecation
    )

    private static let directiveType = object(
        directive,
        "__Directive",
        "An annotation that changes how a part of a document is read or executed.",
        [
            plain("name", nonNullString, "The name, without the at sign."),
            plain("description", nullableString, "What the directive does."),
            plain("isRepeatable", nonNullBoolean, "Whether it may stand several times in one place."),
            plain("locations", nonNullList(of: directiveLocation), "The places where it may stand."),
            withDeprecated("args", nonNullList(of: inputValue), "The arguments."),
        ]
    )

    private static let typeKindType = enumeration(
        typeKind,
        "__TypeKind",
        "The kinds of types, wrappers included.",
        TypeKind.allCases.map(\.introspectionName) + ["LIST", "NON_NULL"]
    )

    private static let directiveLocationType = enumeration(
        directiveLocation,
        "__DirectiveLocation",
        "The places in a document where a directive may stand.",
        DirectiveLocation.allCases.map(\.rawValue)
    )
}

// MARK: - Building blocks

extension Introspection {
    private static let nullableString = TypeReference.named(BuiltInTypes.string)
    private static let nonNullString = TypeReference.nonNull(.named(BuiltInTypes.string))
    private static let nonNullBoolean = TypeReference.nonNull(.named(BuiltInTypes.boolean))

    private static let deprecation = [
        plain("isDeprecated", nonNullBoolean, "Whether it should no longer be used."),
        plain("deprecationReason", nullableString, "Why it should no longer be used."),
    ]

    private static func list(of id: TypeID) -> TypeReference { .list(.nonNull(.named(id))) }

    private static func nonNullList(of id: TypeID) -> TypeReference { .nonNull(list(of: id)) }

    private static func plain(_ name: String, _ type: TypeReference, _ description: String) -> FieldDefinition {
        FieldDefinition(
            name: name,
            description: description,
            arguments: DefinitionMap<InputValueDefinition>([]),
            type: type
        )
    }

    private static func withDeprecated(
        _ name: String,
        _ type: TypeReference,
        _ description: String
    ) -> FieldDefinition {
        let argument = InputValueDefinition(
            name: "includeDeprecated",
            description: "Whether those that are deprecated are listed too.",
            type: .nonNull(.named(BuiltInTypes.boolean)),
            defaultValue: .boolean(false, SourceRange(start: 0, end: 0)),
            coercedDefault: false
        )
        return FieldDefinition(
            name: name,
            description: description,
            arguments: DefinitionMap<InputValueDefinition>([argument]),
            type: type
        )
    }

    private static func object(
        _ id: TypeID,
        _ name: String,
        _ description: String,
        _ fields: [FieldDefinition]
    ) -> NamedType {
        var content = NamedType.Content()
        content.description = description
        content.fields = DefinitionMap<FieldDefinition>(fields)
        return NamedType(id: id, kind: .object, name: name, content: content)
    }

    private static func enumeration(
        _ id: TypeID,
        _ name: String,
        _ description: String,
        _ values: [String]
    ) -> NamedType {
        var content = NamedType.Content()
        content.description = description
        content.values = DefinitionMap<EnumValueDefinition>(
            values.map { EnumValueDefinition(name: $0, description: nil) }
        )
        return NamedType(id: id, kind: .enumeration, name: name, content: content)
    }
}

extension TypeKind {
    /// The value of `__TypeKind` that means the kind.
    package var introspectionName: String {
        switch self {
        case .scalar: "SCALAR"
        case .object: "OBJECT"
        case .interface: "INTERFACE"
        case .union: "UNION"
        case .enumeration: "ENUM"
        case .inputObject: "INPUT_OBJECT"
        }
    }
}
