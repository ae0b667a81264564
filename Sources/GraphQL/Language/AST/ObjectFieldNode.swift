/// One field of an input object literal.
///
/// https://spec.graphql.org/September2025/#ObjectField
package struct ObjectFieldNode: Sendable {
    package let name: NameNode
    package let value: ValueNode
    package let range: SourceRange

    package init(name: NameNode, value: ValueNode, range: SourceRange) {
        self.name = name
        self.value = value
        self.range = range
    }
}
