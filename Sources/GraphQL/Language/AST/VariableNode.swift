/// A use or declaration of a variable; the range includes the dollar sign.
package struct VariableNode: Sendable {
    package let name: NameNode
    package let range: SourceRange

    package init(name: NameNode, range: SourceRange) {
        self.name = name
        self.range = range
    }
}
