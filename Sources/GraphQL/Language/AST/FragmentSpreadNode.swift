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
