/// An argument of a field or directive.
///
/// https://spec.graphql.org/September2025/#sec-Language.Arguments
package struct ArgumentNode: Sendable {
    package let name: NameNode
    package let value: ValueNode
    package let range: SourceRange

    package init(name: NameNode, value: ValueNode, range: SourceRange) {
        self.name = name
        self.value = value
        self.range = range
    }
}
