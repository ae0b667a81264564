/// A type named in a document.
package struct NamedTypeNode: Sendable {
    package let name: NameNode

    package init(name: NameNode) {
        self.name = name
    }

    /// The range of the name.
    package var range: SourceRange { name.range }
}
