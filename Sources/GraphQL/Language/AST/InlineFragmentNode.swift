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
