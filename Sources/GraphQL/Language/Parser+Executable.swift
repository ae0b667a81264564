// Operations, selections and fragments.

extension Parser {
    /// A query without its keyword.
    ///
    /// https://spec.graphql.org/September2025/#OperationDefinition
    mutating func shorthandQuery() throws(SyntaxError) -> OperationDefinitionNode {
        let start = token.start
        let selectionSet = try selectionSet()
        return OperationDefinitionNode(
            description: nil,
            operation: .query,
            name: nil,
            variableDefinitions: [],
            directives: [],
            selectionSet: selectionSet,
            range: range(from: start)
        )
    }

    /// Reads an operation.
    ///
    /// https://spec.graphql.org/September2025/#OperationDefinition
    mutating func operation() throws(SyntaxError) -> OperationDefinitionNode {
        let start = token.start
        let description = try description()
        let operation = try operationType()
        let name = token.kind == .name ? try name() : nil
        let variables = try optionalMany(.parenthesisLeft, .parenthesisRight) { parser throws(SyntaxError) in
            try parser.variableDefinition()
        }
        let directives = try directives(isConstant: false)
        let selectionSet = try selectionSet()
        return OperationDefinitionNode(
            description: description,
            operation: operation,
            name: name,
            variableDefinitions: variables,
            directives: directives,
            selectionSet: selectionSet,
            range: range(from: start)
        )
    }

    /// Reads `query`, `mutation` or `subscription`.
    ///
    /// https://spec.graphql.org/September2025/#OperationType
    mutating func operationType() throws(SyntaxError) -> OperationType {
        let keyword = token
        try expect(.name)
        guard let operation = OperationType(rawValue: text(of: keyword)) else { throw unexpected(keyword) }
        return operation
    }

    /// Reads a variable definition.
    ///
    /// https://spec.graphql.org/September2025/#VariableDefinition
    private mutating func variableDefinition() throws(SyntaxError) -> VariableDefinitionNode {
        let start = token.start
        let description = try description()
        let variable = try variable()
        try expect(.colon)
        let type = try type()
        let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
        let directives = try directives(isConstant: true)
        return VariableDefinitionNode(
            description: description,
            variable: variable,
            type: type,
            defaultValue: defaultValue,
            directives: directives,
            range: range(from: start)
        )
    }

    /// Reads a selection set.
    ///
    /// https://spec.graphql.org/September2025/#SelectionSet
    mutating func selectionSet() throws(SyntaxError) -> SelectionSetNode {
        let start = token.start
        try enter()
        let selections = try many(.braceLeft, .braceRight, expecting: 4) { parser throws(SyntaxError) in
            try parser.selection()
        }
        leave()
        return SelectionSetNode(selections: selections, range: range(from: start))
    }

    /// Reads a selection.
    ///
    /// https://spec.graphql.org/September2025/#Selection
    private mutating func selection() throws(SyntaxError) -> SelectionNode {
        token.kind == .spread ? try fragmentSelection() : .field(try field())
    }

    /// Reads a field.
    ///
    /// https://spec.graphql.org/September2025/#Field
    private mutating func field() throws(SyntaxError) -> FieldNode {
        let start = token.start
        var alias: NameNode?
        var name = try name()
        if try skip(.colon) {
            alias = name
            name = try self.name()
        }
        let arguments = try arguments(isConstant: false)
        let directives = try directives(isConstant: false)
        let selectionSet = token.kind == .braceLeft ? try selectionSet() : nil
        return FieldNode(
            alias: alias,
            name: name,
            arguments: arguments,
            directives: directives,
            selectionSet: selectionSet,
            range: range(from: start)
        )
    }

    /// Reads a fragment spread or an inline fragment.
    ///
    /// https://spec.graphql.org/September2025/#FragmentSpread and
    /// https://spec.graphql.org/September2025/#InlineFragment
    private mutating func fragmentSelection() throws(SyntaxError) -> SelectionNode {
        let start = token.start
        try expect(.spread)
        let hasTypeCondition = try skip(keyword: "on")
        if !hasTypeCondition, token.kind == .name {
            let name = try fragmentName()
            let directives = try directives(isConstant: false)
            return .fragmentSpread(FragmentSpreadNode(name: name, directives: directives, range: range(from: start)))
        }
        let typeCondition = hasTypeCondition ? try namedType() : nil
        let directives = try directives(isConstant: false)
        let selectionSet = try selectionSet()
        return .inlineFragment(
            InlineFragmentNode(
                typeCondition: typeCondition,
                directives: directives,
                selectionSet: selectionSet,
                range: range(from: start)
            )
        )
    }

    /// Reads a fragment.
    ///
    /// https://spec.graphql.org/September2025/#FragmentDefinition
    mutating func fragment() throws(SyntaxError) -> FragmentDefinitionNode {
        let start = token.start
        let description = try description()
        try expect(keyword: "fragment")
        let name = try fragmentName()
        try expect(keyword: "on")
        let typeCondition = try namedType()
        let directives = try directives(isConstant: false)
        let selectionSet = try selectionSet()
        return FragmentDefinitionNode(
            description: description,
            name: name,
            typeCondition: typeCondition,
            directives: directives,
            selectionSet: selectionSet,
            range: range(from: start)
        )
    }

    /// Parses any name except `on`.
    ///
    /// https://spec.graphql.org/September2025/#FragmentName
    private mutating func fragmentName() throws(SyntaxError) -> NameNode {
        if value(of: token) == "on" { throw unexpected(token) }
        return try name()
    }
}
