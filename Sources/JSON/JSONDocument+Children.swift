extension JSONDocument {
    /// The elements of an array; empty for other values.
    @inlinable
    package func elements(of index: Int) -> JSONElements {
        JSONElements(document: self, container: resolve(index))
    }

    /// The members of an object in their order, repeated names included; empty for other values.
    @inlinable
    package func members(of index: Int) -> JSONMembers {
        JSONMembers(document: self, container: resolve(index))
    }
}

/// The indices of an array's elements, links already followed.
@usableFromInline
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    @usableFromInline let document: JSONDocument
    @usableFromInline var index: Int
    @usableFromInline let end: Int

    /// Begins at a container's first child.
    @inlinable
    init(document: JSONDocument, container: Int) {
        self.document = document
        let node = document.nodes[container]
        index = container + 1
        end = node.kind == .array ? Int(node.next) : index
    }

    /// Moves on to the next element.
    // PERF: once for every row of a list.
    @inlinable @inline(__always)
    package mutating func next() -> Int? {
        guard index < end else { return nil }
        let element = index
        index = Int(document.nodes[element].next)
        return document.resolve(element)
    }
}

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
