/// An argument's or input field's definition.
///
/// https://spec.graphql.org/September2025/#InputValueDefinition
package final class InputValueDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let type: TypeNode
    package let defaultValue: ValueNode?
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        type: TypeNode,
        defaultValue: ValueNode?,
        directives: [DirectiveNode],
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.directives = directives
        self.range = range
    }
}
