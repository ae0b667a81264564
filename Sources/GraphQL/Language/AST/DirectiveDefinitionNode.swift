/// A directive's definition.
///
/// https://spec.graphql.org/September2025/#DirectiveDefinition
package final class DirectiveDefinitionNode: Sendable {
    package let description: StringNode?
    package let name: NameNode
    package let arguments: [InputValueDefinitionNode]
    package let isRepeatable: Bool
    /// Names as written; the parser accepts only those of `DirectiveLocation`.
    package let locations: [NameNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        name: NameNode,
        arguments: [InputValueDefinitionNode],
        isRepeatable: Bool,
        locations: [NameNode],
        range: SourceRange
    ) {
        self.description = description
        self.name = name
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
        self.range = range
    }
}
