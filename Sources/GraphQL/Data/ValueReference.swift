/// A value in one of an execution's documents.
package struct ValueReference: Sendable, Hashable {
    /// The index of the document in the execution's table.
    package let document: Int32
    /// The index of the value's node.
    package let node: Int32

    package init(document: Int, node: Int) {
        self.document = Int32(truncatingIfNeeded: document)
        self.node = Int32(truncatingIfNeeded: node)
    }
}
