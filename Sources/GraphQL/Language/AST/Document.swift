/// A parsed GraphQL document.
///
/// https://spec.graphql.org/September2025/#sec-Document
///
/// Nodes that the planner and the validation rules distinguish by identity are immutable final classes; the others are values. A
/// definition and its extension are one kind of node: `isExtension` distinguishes them.
package struct Document: Sendable {
    package let definitions: [DefinitionNode]
    package let source: Source
    /// The number of tokens of the text; zero if the document was not parsed from a text.
    package let tokenCount: Int

    package init(definitions: [DefinitionNode], source: Source, tokenCount: Int = 0) {
        self.definitions = definitions
        self.source = source
        self.tokenCount = tokenCount
    }
}
