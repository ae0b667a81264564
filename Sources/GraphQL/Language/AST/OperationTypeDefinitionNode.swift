/// A root operation type.
///
/// https://spec.graphql.org/September2025/#RootOperationTypeDefinition
package struct OperationTypeDefinitionNode: Sendable {
    package let operation: OperationType
    package let type: NamedTypeNode
    package let range: SourceRange

    package init(operation: OperationType, type: NamedTypeNode, range: SourceRange) {
        self.operation = operation
        self.type = type
        self.range = range
    }
}
