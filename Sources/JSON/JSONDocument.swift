/// An immutable JSON text with an index of its values.
///
/// The text is checked once, so that any node's bytes can be copied into other JSON as they stand.
@usableFromInline
package final class JSONDocument: Sendable {
    /// The text.
    @usableFromInline package let bytes: [UInt8]
    /// The index of its values; the first node is the root.
    @usableFromInline package let nodes: [JSONNode]
    /// Whether a node is a link or a reference, which occur only in built documents.
    @usableFromInline package let containsLinks: Bool
    /// The targets of the nodes of kind `reference`, by their numbers.
    @usableFromInline let references: [JSONReference]

    /// The treatment of escaped surrogates without a pair, which are no Unicode text and which many parsers reject.
    package enum LoneSurrogates: Sendable {
        /// They are replaced by an escaped U+FFFD, in the document's own bytes.
        case replaced
        /// They stay as they are.
        case preserved
    }

    /// Takes over a text, checks it and indexes it.
    ///
    /// A byte order mark at the start is skipped.
    package init(
        parsing bytes: [UInt8],
        limits: JSONLimits = .standard,
        loneSurrogates: LoneSurrogates = .replaced
    ) throws(JSONError) {
        let index = try JSONParser.index(of: bytes.span, limits: limits)
        nodes = index.nodes
        var bytes = bytes
        if loneSurrogates == .replaced {
            // Of the same length, so that the index stays true.
            for start in index.loneSurrogates { bytes.replaceSubrange(start..<start + 6, with: #"\ufffd"#.utf8) }
        }
        self.bytes = bytes
        containsLinks = false
        references = []
    }

    /// Makes a document of bytes and nodes that belong together.
    init(bytes: [UInt8], nodes: [JSONNode], containsLinks: Bool, references: [JSONReference] = []) {
        self.bytes = bytes
        self.nodes = nodes
        self.containsLinks = containsLinks
        self.references = references
    }

    /// Serializes a value and indexes the text.
    package convenience init(_ value: JSONValue) {
        var builder = JSONDocumentBuilder()
        builder.value(value)
        self.init(builder.finish())
    }

    /// Copies a value of another document into a document of its own.
    package convenience init(copying index: Int, of document: JSONDocument) {
        var builder = JSONDocumentBuilder(minimumCapacity: document.rawBytes(of: index).count)
        builder.copy(index, of: document)
        self.init(builder.finish())
    }

    private convenience init(_ other: JSONDocument) {
        self.init(
            bytes: other.bytes,
            nodes: other.nodes,
            containsLinks: other.containsLinks,
            references: other.references
        )
    }
}

extension JSONDocument {
    /// The node at an index.
    // PERF: read for every value of a response; must be a load, not a call.
    @inlinable @inline(__always)
    package func node(_ index: Int) -> JSONNode {
        nodes[index]
    }

    /// The kind of the value at an index; of a link, that of its target.
    @inlinable
    package func kind(of index: Int) -> JSONNode.Kind {
        nodes[resolve(index)].kind
    }

    /// The index itself or, if its node is a link, the target's.
    // PERF: see `node(_:)`.
    @inlinable @inline(__always)
    package func resolve(_ index: Int) -> Int {
        let node = nodes[index]
        return node.kind == .link ? Int(node.end) : index
    }

    /// The index of the first child of an object or array, or of the entry after it if it is empty.
    // PERF: see `node(_:)`.
    @inlinable @inline(__always)
    package func firstChild(of container: Int) -> Int { container + 2 }

    /// The index of the entry after a value and its descendants.
    // PERF: once for every row of a list.
    @inlinable @inline(__always)
    package func next(after index: Int) -> Int {
        nodes[index].isContainer ? Int(nodes[index + 1].start) : index + 1
    }

    /// The target of a node of kind `reference`.
    @inlinable
    package func reference(of node: JSONNode) -> JSONReference { references[Int(node.end)] }

    /// The text of a node, which is JSON by itself; links and references inside a container are `null`.
    @inlinable
    package func rawBytes(of index: Int) -> ArraySlice<UInt8> {
        let node = nodes[resolve(index)]
        guard node.kind != .reference else { return Self.null[...] }
        return bytes[Int(node.start)..<Int(node.end)]
    }

    /// The bytes of memory that the document takes up: its text, its index and its references, with their headers.
    package var memoryFootprint: Int {
        bytes.capacity + nodes.capacity * MemoryLayout<JSONNode>.stride
            + references.capacity * MemoryLayout<JSONReference>.stride + Self.overhead
    }

    /// The bytes of the object and of the headers of two arrays, as the allocator rounds them.
    private static let overhead = 64 + 2 * 56

    /// The text of a reference.
    @usableFromInline static let null = Array("null".utf8)

    /// The number of an array's elements or an object's members, zero for other values; takes time in proportion to it.
    package func count(of index: Int) -> Int {
        let container = resolve(index)
        let node = nodes[container]
        guard node.kind == .array || node.kind == .object else { return 0 }
        let end = next(after: container)
        var (count, child) = (0, firstChild(of: container))
        while child < end {
            child = next(after: child)
            count += 1
        }
        return count
    }
}
