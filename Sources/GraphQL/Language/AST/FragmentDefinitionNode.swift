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
