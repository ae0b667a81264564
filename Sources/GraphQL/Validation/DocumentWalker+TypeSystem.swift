extension DocumentWalker {
    /// Visits a definition or extension.
    ///
    /// https://spec.graphql.org/September2025/#TypeSystemDefinitionOrExtension
    mutating func visit(typeSystemDefinition definition: DefinitionNode) {
        switch definition {
        case .operation, .fragment: break
        case .schema(let node): visit(node)
        case .type(let node): visit(node)
        case .directive(let node): visit(node)
        }
    }

    private mutating func visit(_ node: SchemaDefinitionNode) {
        let skipped = enter(.schemaDefinition) { $0.enter(schema: node) }
        visit(node.directives, at: .schema)
        for operationType in node.operationTypes {
            let skipped = enter(.operationTypeDefinition) { $0.enter(operationType: operationType) }
            visit(operationType.type)
            leave(skipped)
        }
        leave(skipped)
    }

    private mutating func visit(_ node: TypeDefinitionNode) {
        let skipped = enter(.typeDefinition) { $0.enter(type: node) }
        for interface in node.members.interfaces { visit(interface) }
        visit(node.directives, at: DirectiveLocation(node.kind))
        for field in node.members.fields { visit(field) }
        for type in node.members.types { visit(type) }
        for value in node.members.values { visit(value) }
        for field in node.members.inputFields { visit(field, at: .inputFieldDefinition) }
        leave(skipped)
    }

    private mutating func visit(_ node: DirectiveDefinitionNode) {
        let skipped = enter(.directiveDefinition) { $0.enter(directiveDefinition: node) }
        for argument in node.arguments { visit(argument, at: .argumentDefinition) }
        leave(skipped)
    }

    private mutating func visit(_ node: FieldDefinitionNode) {
        let skipped = enter(.fieldDefinition) { $0.enter(fieldDefinition: node) }
        for argument in node.arguments { visit(argument, at: .argumentDefinition) }
        visit(node.type.namedType)
        visit(node.directives, at: .fieldDefinition)
        leave(skipped)
    }

    private mutating func visit(_ node: InputValueDefinitionNode, at location: DirectiveLocation) {
        let skipped = enter(.inputValueDefinition) { $0.enter(inputValue: node) }
        visit(node.type.namedType)
        if let value = node.defaultValue { visit(value) }
        visit(node.directives, at: location)
        leave(skipped)
    }

    private mutating func visit(_ node: EnumValueDefinitionNode) {
        let skipped = enter(.enumValueDefinition) { $0.enter(enumValue: node) }
        visit(node.directives, at: .enumValue)
        leave(skipped)
    }
}

extension DirectiveLocation {
    fileprivate init(_ kind: TypeKind) {
        switch kind {
        case .scalar: self = .scalar
        case .object: self = .object
        case .interface: self = .interface
        case .union: self = .union
        case .enumeration: self = .enumeration
        case .inputObject: self = .inputObject
        }
    }
}
