internal import GraphQL

/// A field of the schema whose directives are read.
struct DeclaredField {
    let definition: FieldDefinition
    /// The type that has the field.
    let parent: NamedType

    /// The key of the field in the table of bindings.
    var key: BindingTable.FieldKey { BindingTable.FieldKey(type: parent.id, field: definition.name) }

    /// The field, as messages name it.
    var subject: String { "field \"\(parent.name).\(definition.name)\"" }

    /// The arguments of a directive of the field; nil if it has none of that name.
    func arguments(of directive: BindingDirective) -> DirectiveArguments? {
        DirectiveArguments(directive, in: definition.directives)
    }
}
