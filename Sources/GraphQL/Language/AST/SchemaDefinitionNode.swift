/// A schema definition or extension.
///
/// https://spec.graphql.org/September2025/#sec-Schema
package final class SchemaDefinitionNode: Sendable {
    package let isExtension: Bool
    package let description: StringNode?
    package let directives: [DirectiveNode]
    package let operationTypes: [OperationTypeDefinitionNode]
    package let range: SourceRange

    package init(
        isExtension: Bool,
        description: StringNode?,
        directives: [DirectiveNode],
        operationTypes: [OperationTypeDefinitionNode],
        range: SourceRange
    ) {
        self.isExtension = isExtension
        self.description = description
        self.directives = directives
        self.operationTypes = operationTypes
        self.range = range
    }
}
