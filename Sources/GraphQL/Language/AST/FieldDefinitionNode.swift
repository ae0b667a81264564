/// A field's definition.
///
/// https://spec.graphql.org/September2025/#FieldDefinition
package final class FieldDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let arguments: [InputValueDefinitionNode]
    package let type: TypeNode
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        arguments: [InputValueDefinitionNode],
        type: TypeNode,
        directives: [DirectiveNode],
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.arguments = arguments
        self.type = type
        self.directives = directives
        self.range = range
    }
}
