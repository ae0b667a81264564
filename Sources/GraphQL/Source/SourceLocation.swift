/// A position in a document, as errors state it: line and column from 1; the column counts UTF-16 code units.
///
/// https://spec.graphql.org/September2025/#sec-Errors
package struct SourceLocation: Sendable, Hashable {
    package let line: Int
    package let column: Int
    /// The index of the source's part, which responses do not have.
    package let part: Int

    package init(line: Int, column: Int, part: Int = 0) {
        self.line = line
        self.column = column
        self.part = part
    }
}
