/// The part of every schema that describes the schema.
///
/// https://spec.graphql.org/September2025/#sec-Introspection
package enum Introspection {
    /// The identity of `__Schema`.
    package static let schema = TypeID(index: 5)
    /// The identity of `__Type`.
    package static let type = TypeID(index: 6)
    /// The identity of `__TypeKind`.
    package static let typeKind = TypeID(index: 7)
    /// The identity of `__Field`.
    package static let field = TypeID(index: 8)
    /// The identity of `__InputValue`.
    package static let inputValue = TypeID(index: 9)
    /// The identity of `__EnumValue`.
    package static let enumValue = TypeID(index: 10)
    /// The identity of `__Directive`.
    package static let directive = TypeID(index: 11)
    /// The identity of `__DirectiveLocation`.
    package static let directiveLocation = TypeID(index: 12)

    /// The field `__typename` of every composite type.
    ///
    /// https://spec.graphql.org/September2025/#sec-Type-Name-Introspection
    package static let typenameField = FieldDefinition(
        name: "__typename",
        description: "The name of the object's type.",
        arguments: DefinitionMap<InputValueDefinition>([]),
        type: .nonNull(.named(BuiltInTypes.string))
    )

    /// The field of the query type that describes the whole schema.
    ///
    /// https://spec.graphql.org/September2025/#sec-Schema-Introspection
    package static let schemaField = FieldDefinition(
        name: "__schema",
        description: "Describes the schema.",
        arguments: DefinitionMap<InputValueDefinition>([]),
        type: .nonNull(.named(schema))
    )

    /// The field of the query type that describes one type.
    ///
    /// https://spec.graphql.org/September2025/#sec-Schema-Introspection
    package static let typeField = FieldDefinition(
        name: "__type",
        description: "Describes the type of a name, if there is one.",
        arguments: DefinitionMap<InputValueDefinition>([
            InputValueDefinition(
                name: "name",
                description: "The type's name.",
                type: .nonNull(.named(BuiltInTypes.string))
            )
        ]),
        type: .named(type)
    )
}
