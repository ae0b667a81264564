extension Schema.Content {
    /// The types that make up the schema: the document's in their order, all others where they are first referred to.
    ///
    /// The order is that of graphql-js, in introspection and in the schema printer.
    var visibleTypes: [TypeID] {
        var collector = TypeCollector(types: types, documentTypes: documentTypes)
        for type in documentTypes { collector.collectReferences(of: type) }
        for type in [queryType, mutationType, subscriptionType] { type.map { collector.collect($0) } }
        for directive in directives { collector.collect(typesOf: directive.arguments) }
        collector.collect(Introspection.schema)
        return collector.collected
    }
}

/// Visits references from type to type, depth first.
private struct TypeCollector {
    let types: [NamedType]
    private(set) var collected: [TypeID] = []
    private var known: Set<TypeID>

    init(types: [NamedType], documentTypes: [TypeID]) {
        self.types = types
        // Known from the start, so that being referred to does not move them.
        known = Set(documentTypes)
    }

    mutating func collect(_ type: TypeID) {
        if known.insert(type).inserted { collectReferences(of: type) }
    }

    mutating func collectReferences(of id: TypeID) {
        collected.append(id)
        let type = types[Int(id.index)]
        for member in type.memberTypes { collect(member) }
        for interface in type.interfaces { collect(interface) }
        for field in type.fields {
            collect(field.type.namedType)
            collect(typesOf: field.arguments)
        }
        collect(typesOf: type.inputFields)
    }

    mutating func collect(typesOf values: DefinitionMap<InputValueDefinition>) {
        for value in values { collect(value.type.namedType) }
    }
}
