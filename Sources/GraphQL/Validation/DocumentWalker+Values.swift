extension DocumentWalker {
    /// Visits directives and their arguments.
    ///
    /// https://spec.graphql.org/September2025/#sec-Language.Directives
    mutating func visit(_ directives: [DirectiveNode], at location: DirectiveLocation) {
        for node in directives {
            guard !context.isAborted else { return }
            context.typeInfo.directive = context.schema.directives[node.name.value]
            let skipped = enter(.directive) { $0.enter(directive: node, at: location) }
            for argument in node.arguments { visit(argument) }
            leave(.directive, skipped) { $0.leave(directive: node) }
            context.typeInfo.directive = nil
        }
    }

    /// Visits an argument.
    ///
    /// https://spec.graphql.org/September2025/#sec-Language.Arguments
    mutating func visit(_ node: ArgumentNode) {
        guard !context.isAborted else { return }
        // An unknown directive's arguments count as the field's around, as in graphql-js.
        let definitions = context.typeInfo.directive?.arguments ?? context.typeInfo.field?.arguments
        let definition = definitions?[node.name.value]
        context.typeInfo.argument = definition
        let outer = expect(definition?.type, of: definition)
        let skipped = enter(.argument) { $0.enter(argument: node) }
        visit(node.value)
        leave(skipped)
        restore(outer)
        context.typeInfo.argument = nil
    }

    /// Visits a value.
    ///
    /// https://spec.graphql.org/September2025/#sec-Input-Values
    mutating func visit(_ node: ValueNode) {
        switch node {
        case .variable(let variable):
            let ordinal = context.ordinal(ofVariable: variable.name.value)
            context.usages.append(VariableUsage(variable, ordinal: ordinal, at: context.typeInfo))
            enterLeaf(node)
        case .int, .float, .string, .boolean, .null, .enumeration: enterLeaf(node)
        case .list(let values, _):
            let type = context.typeInfo.inputType
            let outer = expect(type.flatMap { $0.listItem ?? $0.nullable }, of: nil)
            let skipped = enter(.list) { $0.enter(value: node) }
            for value in values where !context.isAborted { visit(value) }
            leave(skipped)
            restore(outer)
        case .object(let fields, _):
            let skipped = enter(.object) { $0.enter(value: node) }
            for field in fields where !context.isAborted { visit(field) }
            leave(.object, skipped) { $0.leave(object: node) }
        }
    }

    private mutating func visit(_ node: ObjectFieldNode) {
        var definition: InputValueDefinition?
        if let type = context.typeInfo.inputType {
            definition = context.schema.namedType(of: type).inputFields[node.name.value]
        }
        let outer = expect(definition?.type, of: definition)
        let skipped = enter(.objectField) { $0.enter(objectField: node) }
        visit(node.value)
        leave(skipped)
        restore(outer)
    }

    private mutating func enterLeaf(_ node: ValueNode) {
        let skipped = enter(node.kind) { $0.enter(value: node) }
        leave(skipped)
    }

    /// The `TypeInfo` of values one level further out.
    private struct Expectation {
        let type: TypeReference?
        let parentType: TypeReference?
        let definition: InputValueDefinition?
    }

    /// Makes a type the expected one and returns what was expected before.
    private func expect(_ type: TypeReference?, of definition: InputValueDefinition?) -> Expectation {
        let outer = Expectation(
            type: context.typeInfo.inputType,
            parentType: context.typeInfo.parentInputType,
            definition: context.typeInfo.inputValue
        )
        context.typeInfo.parentInputType = outer.type
        context.typeInfo.inputType = type
        context.typeInfo.inputValue = definition
        return outer
    }

    private func restore(_ outer: Expectation) {
        context.typeInfo.inputType = outer.type
        context.typeInfo.parentInputType = outer.parentType
        context.typeInfo.inputValue = outer.definition
    }
}
