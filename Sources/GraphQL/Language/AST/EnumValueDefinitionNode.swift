/// An enum value's definition.
///
/// https://spec.graphql.org/September2025/#EnumValueDefinition
package final class EnumValueDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(description: StringNode?, name: NameNode, directives: [DirectiveNode], range: SourceRange) {
        self.description = description
        self.name = name
        self.directives = directives
        self.range = range
    }
}
