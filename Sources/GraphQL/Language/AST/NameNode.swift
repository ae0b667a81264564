/// A name with its range.
///
/// https://spec.graphql.org/September2025/#sec-Names
package struct NameNode: Sendable {
    package let value: String
    package let range: SourceRange

    package init(value: String, range: SourceRange) {
        self.value = value
        self.range = range
    }
}
