/// A type named in a document.
package struct NamedTypeNode: Sendable {
    package let name: NameNode

    package init(name: NameNode) {
        self.name = name
    }

    /// Where the name stands.
    package var range: SourceRange { name.range }
}
