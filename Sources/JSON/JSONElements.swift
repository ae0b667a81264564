/// The indices of an array's elements, or of their targets if they are links.
@usableFromInline
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    /// Begins at a container's first child.
    @inlinable
    init(document: JSONDocument, container: Int) {
        self.document = document
        index = document.firstChild(of: container)
        end = document.nodes[container].kind == .array ? document.next(after: container) : index
    }

    /// Moves on to the next element.
    // PERF: once for every row of a list.
    @inlinable @inline(__always)
    package mutating func next() -> Int? {
        guard index < end else { return nil }
        let element = index
        index = document.next(after: element)
        return document.resolve(element)
    }
}
