internal import JSON

extension ExecutableSchema {
    /// The descriptions of a type's own fields.
    func prototypes(of type: NamedType) -> FieldPrototypes {
        prototypes[Int(type.id.index)].made {
            type.fields.map { field in
                prototype(
                    of: field,
                    source: source(of: field, on: type),
                    plainForm: plainForms.object(shownBy: field, of: type)
                )
            }
        }
    }

    /// The prototype of the field with a name that can be selected on a composite type, including the introspection fields.
    ///
    /// Nil if the type has none, or one that cannot be completed.
    func prototype(named name: String, on type: NamedType, among prototypes: FieldPrototypes) -> FieldPrototype? {
        if name.utf8.first == UInt8(ascii: "_"), let definition = schema.field(named: name, on: type),
            let ordinal = Introspection.metaFields.firstIndex(where: { $0.field === definition })
        {
            return metaPrototypes.made {
                Introspection.metaFields.map { prototype(of: $0.field, source: $0.source) }
            }[ordinal]
        }
        return type.fields.ordinal(of: name).flatMap { prototypes[$0] }
    }

    private func prototype(
        of field: FieldDefinition,
        source: FieldSource,
        plainForm: TypeID? = nil
    ) -> FieldPrototype? {
        let type = schema.namedType(of: field.type)
        return FieldPrototype(field, source: source, type: type, strictness: strictness, plainForm: plainForm)
    }

    /// The prototype of a deferred fragment: a nullable field with the object itself.
    func prototypeOfFragment(on type: NamedType) -> FieldPrototype? {
        let definition = FieldDefinition(
            name: "",
            description: nil,
            arguments: DefinitionMap([]),
            type: .named(type.id)
        )
        return prototype(of: definition, source: .parent)
    }

    /// The source of a field's value.
    package func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        guard type.name.utf8.starts(with: "__".utf8) else { return binding.source(of: field, on: type) }
        return field.arguments["includeDeprecated"] == nil
            ? .member(JSONKey(field.name))
            : .memberByDeprecation(current: JSONKey(field.name), all: JSONKey(field.name + "+"))
    }
}

extension Introspection {
    /// The introspection fields that every schema has.
    fileprivate static let metaFields: [(field: FieldDefinition, source: FieldSource)] = [
        (typenameField, .typename), (schemaField, .introspectionSchema), (typeField, .introspectionType),
    ]
}
