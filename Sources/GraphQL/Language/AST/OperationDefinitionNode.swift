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
