/// What a node of a built document stands for: a node of another document.
@usableFromInline
package struct JSONReference: Sendable {
    @usableFromInline let documentNumber: UInt32
    @usableFromInline let nodeIndex: UInt32

    /// Makes a reference.
    init(document: Int, node: Int) {
        documentNumber = UInt32(document)
        nodeIndex = UInt32(node)
    }

    /// The number that the document's builder knows the other document by.
    @inlinable
    package var document: Int { Int(documentNumber) }

    /// The index of the node there.
    @inlinable
    package var node: Int { Int(nodeIndex) }
}
