internal import GraphQL

extension ObjectBinding {
    /// Reads `@rest(get:)`.
    ///
    /// A GET by the path of an entity is a lookup of the entity, which may take no call.
    static func read(_ call: CallTemplate, of field: DeclaredField, _ reader: inout BindingReader) {
        let type = field.definition.type
        let entity = reader.entities[reader.schema.namedType(of: type).id]
        if let entity, entity.template.text == call.template.text,
            let argument = call.argument(for: entity.keyName).flatMap({ field.definition.arguments[$0] })
        {
            let key = EntityBinding.KeySource.argument(UpstreamArgument(argument, in: reader.schema))
            reader.bind(EntityBinding(entity: entity, key: key), to: field)
        } else {
            reader.bind(ObjectBinding(template: call, entity: entity, content: reader.content(of: type)), to: field)
        }
    }
}
