// Nodes of executable documents. Those that the planner and the validation rules tell apart by identity are
// immutable final classes; the others are values.

/// What an operation does.
///
/// https://spec.graphql.org/September2025/#OperationType
package enum OperationType: String, Sendable, Hashable, CaseIterable {
    case query
    case mutation
    case subscription
}

/// An operation.
///
/// https://spec.graphql.org/September2025/#sec-Language.Operations
package final class OperationDefinitionNode: Sendable {
    package let description: StringNode?
    package let operation: OperationType
    package let name: NameNode?
    package let variableDefinitions: [VariableDefinitionNode]
    package let directives: [DirectiveNode]
    package let selectionSet: SelectionSetNode
    package let range: SourceRange

    package init(
        description: StringNode?,
        operation: OperationType,
        name: NameNode?,
        variableDefinitions: [VariableDefinitionNode],
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode,
        range: SourceRange
    ) {
        self.description = description
        self.operation = operation
        self.name = name
        self.variableDefinitions = variableDefinitions
        self.directives = directives
        self.selectionSet = selectionSet
        self.range = range
    }
}

/// A fragment.
///
/// https://spec.graphql.org/September2025/#FragmentDefinition
package final class FragmentDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let typeCondition: NamedTypeNode
    package let directives: [DirectiveNode]
    package let selectionSet: SelectionSetNode
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        typeCondition: NamedTypeNode,
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode,
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.typeCondition = typeCondition
        self.directives = directives
        self.selectionSet = selectionSet
        self.range = range
    }
}

/// A variable's declaration.
///
/// https://spec.graphql.org/September2025/#VariableDefinition
package struct VariableDefinitionNode: Sendable {
    package let description: StringNode?
    package let variable: VariableNode
    package let type: TypeNode
    package let defaultValue: ValueNode?
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        variable: VariableNode,
        type: TypeNode,
        defaultValue: ValueNode?,
        directives: [DirectiveNode],
        range: SourceRange
    ) {
        self.description = description
        self.variable = variable
        self.type = type
        self.defaultValue = defaultValue
        self.directives = directives
        self.range = range
    }
}

/// A use or declaration of a variable; the range includes the dollar sign.
package struct VariableNode: Sendable {
    package let name: NameNode
    package let range: SourceRange

    package init(name: NameNode, range: SourceRange) {
        self.name = name
        self.range = range
    }
}

/// A selection set.
///
/// https://spec.graphql.org/September2025/#sec-Selection-Sets
package final class SelectionSetNode: Sendable {
    package let selections: [SelectionNode]
    package let range: SourceRange

    package init(selections: [SelectionNode], range: SourceRange) {
        self.selections = selections
        self.range = range
    }
}

/// One selection.
///
/// https://spec.graphql.org/September2025/#Selection
package enum SelectionNode: Sendable {
    case field(FieldNode)
    case fragmentSpread(FragmentSpreadNode)
    case inlineFragment(InlineFragmentNode)

    /// Where the selection stands.
    package var range: SourceRange {
        switch self {
        case .field(let node): node.range
        case .fragmentSpread(let node): node.range
        case .inlineFragment(let node): node.range
        }
    }
}

/// A field.
///
/// https://spec.graphql.org/September2025/#sec-Language.Fields
package final class FieldNode: Sendable {
    package let alias: NameNode?
    package let name: NameNode
    package let arguments: [ArgumentNode]
    package let directives: [DirectiveNode]
    package let selectionSet: SelectionSetNode?
    package let range: SourceRange

    package init(
        alias: NameNode?,
        name: NameNode,
        arguments: [ArgumentNode],
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode?,
        range: SourceRange
    ) {
        self.alias = alias
        self.name = name
        self.arguments = arguments
        self.directives = directives
        self.selectionSet = selectionSet
        self.range = range
    }

    /// The field's key in the response: its alias, else its name. https://spec.graphql.org/September2025/#sec-Field-Alias
    package var responseKey: NameNode { alias ?? name }
}

/// An argument of a field or directive.
///
/// https://spec.graphql.org/September2025/#sec-Language.Arguments
package struct ArgumentNode: Sendable {
    package let name: NameNode
    package let value: ValueNode
    package let range: SourceRange

    package init(name: NameNode, value: ValueNode, range: SourceRange) {
        self.name = name
        self.value = value
        self.range = range
    }
}

/// A fragment spread.
///
/// https://spec.graphql.org/September2025/#FragmentSpread
package final class FragmentSpreadNode: Sendable {
    package let name: NameNode
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(name: NameNode, directives: [DirectiveNode], range: SourceRange) {
        self.name = name
        self.directives = directives
        self.range = range
    }
}

/// An inline fragment.
///
/// https://spec.graphql.org/September2025/#sec-Inline-Fragments
package final class InlineFragmentNode: Sendable {
    package let typeCondition: NamedTypeNode?
    package let directives: [DirectiveNode]
    package let selectionSet: SelectionSetNode
    package let range: SourceRange

    package init(
        typeCondition: NamedTypeNode?,
        directives: [DirectiveNode],
        selectionSet: SelectionSetNode,
        range: SourceRange
    ) {
        self.typeCondition = typeCondition
        self.directives = directives
        self.selectionSet = selectionSet
        self.range = range
    }
}

/// A directive applied to something.
///
/// https://spec.graphql.org/September2025/#sec-Language.Directives
package struct DirectiveNode: Sendable {
    package let name: NameNode
    package let arguments: [ArgumentNode]
    package let range: SourceRange

    package init(name: NameNode, arguments: [ArgumentNode], range: SourceRange) {
        self.name = name
        self.arguments = arguments
        self.range = range
    }
}
