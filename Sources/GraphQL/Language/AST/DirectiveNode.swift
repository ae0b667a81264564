/// A directive applied to something.
///
/// https://spec.graphql.org/September2025/#sec-Language.Directives
package struct DirectiveNode: Sendable {
    package let name: NameNode
    package let arguments: [ArgumentNode]
    package let range: SourceRange

    package init(name: NameNode, arguments: [ArgumentNode], range: SourceRange) {
        self.name = name
        self.arguments = arguments
        self.range = range
    }
}
