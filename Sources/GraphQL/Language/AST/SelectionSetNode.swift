/// A selection set.
///
/// https://spec.graphql.org/September2025/#sec-Selection-Sets
package final class SelectionSetNode: Sendable {
    package let selections: [SelectionNode]
    package let range: SourceRange

    package init(selections: [SelectionNode], range: SourceRange) {
        self.selections = selections
        self.range = range
    }
}
