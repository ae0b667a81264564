package import JSON

/// A JSON document that fields read from, with a mark of its origin.
package final class SourceDocument: Sendable {
    package let json: JSONDocument
    /// A number that only the resolver sets and interprets; the engine passes it back with every parent.
    package let origin: Int
    /// The documents that link nodes of this one refer to.
    package let linked: [SourceDocument]

    /// The bytes of the document and of the documents that it refers to.
    package var memoryFootprint: Int {
        linked.reduce(json.memoryFootprint + Self.overhead) {
            $0 + $1.memoryFootprint + MemoryLayout<SourceDocument>.stride
        }
    }

    /// The bytes of the object itself, as the allocator rounds them.
    private static let overhead = 48

    package init(_ json: JSONDocument, origin: Int = 0, linked: [SourceDocument] = []) {
        self.json = json
        self.origin = origin
        self.linked = linked
    }
}
