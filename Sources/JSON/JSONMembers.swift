/// The indices of an object's keys and values, links already followed.
@usableFromInline
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    /// Begins at a container's first child.
    @inlinable
    init(document: JSONDocument, container: Int) {
        self.document = document
        let node = document.nodes[container]
        index = container + 1
        end = node.kind == .object ? Int(node.next) : index
    }

    /// Moves on to the next member.
    // PERF: once for every member of an object.
    @inlinable @inline(__always)
    package mutating func next() -> (key: Int, value: Int)? {
        guard index < end else { return nil }
        let key = index
        index = Int(document.nodes[key + 1].next)
        return (key, document.resolve(key + 1))
    }
}
