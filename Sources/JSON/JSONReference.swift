/// The target of a node of kind `reference`: a node of another document.
@usableFromInline
package struct JSONReference: Sendable {
    @usableFromInline let documentNumber: UInt32
    @usableFromInline let nodeIndex: UInt32

    /// Makes a reference.
    init(document: Int, node: Int) {
        documentNumber = UInt32(document)
        nodeIndex = UInt32(node)
    }

    /// The number of the other document, chosen by the caller of the builder.
    @inlinable
    package var document: Int { Int(documentNumber) }

    /// The index of the node in that document.
    @inlinable
    package var node: Int { Int(nodeIndex) }
}
