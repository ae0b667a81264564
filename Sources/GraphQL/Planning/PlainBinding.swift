package import JSON

/// Binds every field to the member with its own name, for data that has the structure of the schema.
package struct PlainBinding: FieldBinding {
    /// The treatment of data that does not match the schema.
    package let strictness: Strictness

    package init(strictness: Strictness = .localData) {
        self.strictness = strictness
    }

    package func source(of field: FieldDefinition, on type: NamedType) -> FieldSource {
        .member(JSONKey(field.name))
    }

    package func spelling(of value: EnumValueDefinition, in type: NamedType) -> String { value.name }
    package func discriminator(of type: NamedType) -> JSONKey { JSONKey("__typename") }
    package func spelling(of objectType: NamedType) -> String { objectType.name }
}
