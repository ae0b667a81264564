/// A description.
///
/// https://spec.graphql.org/September2025/#sec-Descriptions
package struct StringNode: Sendable {
    package let value: String
    package let isBlock: Bool
    package let range: SourceRange

    package init(value: String, isBlock: Bool, range: SourceRange) {
        self.value = value
        self.isBlock = isBlock
        self.range = range
    }
}
