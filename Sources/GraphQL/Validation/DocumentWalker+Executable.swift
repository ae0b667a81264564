extension DocumentWalker {
    /// Visits an operation.
    ///
    /// https://spec.graphql.org/September2025/#sec-Language.Operations
    mutating func visit(_ node: OperationDefinitionNode) {
        context.usages = []
        let root = context.schema.rootType(of: node.operation)
        context.typeInfo.type = root?.kind == .object ? root : nil
        let skipped = enter(.operationDefinition) { $0.enter(operation: node) }
        for definition in node.variableDefinitions where !context.isAborted { visit(definition) }
        visit(node.directives, at: DirectiveLocation(node.operation))
        visit(node.selectionSet)
        leave(.operationDefinition, skipped) { $0.leave(operation: node) }
        context.typeInfo.type = nil
    }

    /// Visits a fragment.
    ///
    /// https://spec.graphql.org/September2025/#sec-Language.Fragments
    mutating func visit(_ node: FragmentDefinitionNode) {
        context.usages = []
        context.typeInfo.type = outputType(node.typeCondition)
        let skipped = enter(.fragmentDefinition) { $0.enter(fragment: node) }
        visit(node.typeCondition)
        visit(node.directives, at: .fragmentDefinition)
        visit(node.selectionSet)
        leave(skipped)
        context.typeInfo.type = nil
    }

    private mutating func visit(_ node: VariableDefinitionNode) {
        let type = context.schema.typeReference(of: node.type)
        context.typeInfo.inputType = type.flatMap { context.schema.namedType(of: $0).isInputType ? $0 : nil }
        let skipped = enter(.variableDefinition) { $0.enter(variableDefinition: node) }
        visit(node.type.namedType)
        if let value = node.defaultValue { visit(value) }
        visit(node.directives, at: .variableDefinition)
        leave(skipped)
        context.typeInfo.inputType = nil
    }

    private mutating func visit(_ node: SelectionSetNode) {
        guard !context.isAborted else { return }
        let outer = context.typeInfo.parentType
        let type = context.typeInfo.type
        context.typeInfo.parentType = type?.isComposite == true ? type : nil
        let skipped = enter(.selectionSet) { $0.enter(selectionSet: node) }
        for selection in node.selections {
            switch selection {
            case .field(let field): visit(field)
            case .fragmentSpread(let spread): visit(spread)
            case .inlineFragment(let fragment): visit(fragment)
            }
        }
        leave(skipped)
        context.typeInfo.parentType = outer
    }

    private mutating func visit(_ node: FieldNode) {
        guard !context.isAborted else { return }
        let outerField = context.typeInfo.field
        let outerType = context.typeInfo.type
        let definition = context.typeInfo.parentType.flatMap { context.schema.field(named: node.name.value, on: $0) }
        context.typeInfo.field = definition
        context.typeInfo.type = definition.map { context.schema.namedType(of: $0.type) }
        let skipped = enter(.field) { $0.enter(field: node) }
        for argument in node.arguments { visit(argument) }
        visit(node.directives, at: .field)
        if let selectionSet = node.selectionSet { visit(selectionSet) }
        leave(.field, skipped) { $0.leave(field: node) }
        context.typeInfo.field = outerField
        context.typeInfo.type = outerType
    }

    private mutating func visit(_ node: FragmentSpreadNode) {
        guard !context.isAborted else { return }
        let skipped = enter(.fragmentSpread) { $0.enter(fragmentSpread: node) }
        visit(node.directives, at: .fragmentSpread)
        leave(skipped)
    }

    private mutating func visit(_ node: InlineFragmentNode) {
        guard !context.isAborted else { return }
        let outer = context.typeInfo.type
        if let condition = node.typeCondition { context.typeInfo.type = outputType(condition) }
        let skipped = enter(.inlineFragment) { $0.enter(inlineFragment: node) }
        if let condition = node.typeCondition { visit(condition) }
        visit(node.directives, at: .inlineFragment)
        visit(node.selectionSet)
        leave(skipped)
        context.typeInfo.type = outer
    }

    /// Visits the reference to a named type.
    mutating func visit(_ node: NamedTypeNode) {
        let skipped = enter(.namedType) { $0.enter(namedType: node) }
        leave(skipped)
    }

    private func outputType(_ condition: NamedTypeNode) -> NamedType? {
        let type = context.schema[condition.name.value]
        return type?.isOutputType == true ? type : nil
    }
}

extension DirectiveLocation {
    fileprivate init(_ operation: OperationType) {
        switch operation {
        case .query: self = .query
        case .mutation: self = .mutation
        case .subscription: self = .subscription
        }
    }
}
