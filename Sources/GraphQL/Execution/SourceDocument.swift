package import JSON

/// A JSON document that fields read from, with a mark of where it came from.
package final class SourceDocument: Sendable {
    package let json: JSONDocument
    /// Chosen and understood by the resolver alone; the engine hands it back with every parent.
    package let origin: Int
    /// Documents that link nodes of this one point into.
    package let linked: [SourceDocument]

    package init(_ json: JSONDocument, origin: Int = 0, linked: [SourceDocument] = []) {
        self.json = json
        self.origin = origin
        self.linked = linked
    }
}

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
