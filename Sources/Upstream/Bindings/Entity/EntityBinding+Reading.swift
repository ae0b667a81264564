internal import GraphQL
internal import JSON

extension EntityBinding: ValueSource {
    /// Reads `@reference`.
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        let type = reader.schema.namedType(of: field.definition.type)
        guard let entity = reader.entities[type.id] else {
            reader.report(
                "@reference of \(field.subject) needs a type with @entity, which \"\(type.name)\" is not.",
                arguments.range
            )
            return
        }
        if field.definition.type.listItem != nil {
            reader.report(
                "@reference of \(field.subject) names one object: its type cannot be a list.",
                arguments.range
            )
        }
        if reader.isRoot(field.parent.id) {
            reader.report(
                "@reference of \(field.subject) names a member of a parent, which root fields do not have.",
                arguments.range
            )
        }
        let key = JSONKey(arguments.string("key") ?? "")
        reader.bind(EntityBinding(entity: entity, key: .member(key)), to: field)
    }
}
