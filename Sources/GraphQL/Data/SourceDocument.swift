package import JSON

/// A JSON document that fields read from, with a mark of where it came from.
package final class SourceDocument: Sendable {
    package let json: JSONDocument
    /// Chosen and understood by the resolver alone; the engine hands it back with every parent.
    package let origin: Int
    /// Documents that link nodes of this one point into.
    package let linked: [SourceDocument]

    /// The memory that the document takes up, with those that it points into.
    package var memoryFootprint: Int {
        linked.reduce(json.memoryFootprint + Self.overhead) {
            $0 + $1.memoryFootprint + MemoryLayout<SourceDocument>.stride
        }
    }

    /// The object, as the allocator rounds it.
    private static let overhead = 48

    package init(_ json: JSONDocument, origin: Int = 0, linked: [SourceDocument] = []) {
        self.json = json
        self.origin = origin
        self.linked = linked
    }
}
