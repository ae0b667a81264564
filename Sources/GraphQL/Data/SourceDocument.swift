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
