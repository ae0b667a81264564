/// The indices of an object's members, and of their values, or the targets of these if they are links.
@usableFromInline
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    /// Begins at a container's first child.
    @inlinable
    init(document: JSONDocument, container: Int) {
        self.document = document
        index = document.firstChild(of: container)
        end = document.nodes[container].kind == .object ? document.next(after: container) : index
    }

    /// Moves on to the next member.
    // PERF: once for every member of an object.
    @inlinable @inline(__always)
    package mutating func next() -> (member: Int, value: Int)? {
        guard index < end else { return nil }
        let member = index
        index = document.next(after: member)
        return (member, document.resolve(member))
    }
}
