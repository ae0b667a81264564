/// A tape under construction; while a container is open, its node's `next` is the index of the container around it.
struct NodeTape {
    /// The nodes so far.
    private(set) var nodes: [JSONNode] = []
    /// The index of the innermost open container, or -1.
    private(set) var openIndex = -1
    /// Whether the innermost open container is an object.
    private(set) var isInObject = false
    /// The number of open containers.
    private(set) var depth = 0

    /// Makes an empty tape with room for some nodes.
    init(minimumCapacity: Int) {
        nodes.reserveCapacity(minimumCapacity)
    }

    /// Adds a value that is not a container.
    @inline(__always)
    mutating func append(_ kind: JSONNode.Kind, flags: JSONNode.Flags = [], text: Range<Int>) {
        nodes.append(JSONNode(kind: kind, flags: flags, depth: depth, text: text, next: nodes.count + 1))
    }

    /// Adds a value of another tape with all that it holds.
    ///
    /// - Parameters:
    ///   - range: where the value lies in that tape, which has no links.
    ///   - others: that tape.
    ///   - offset: where its text begins in this tape's.
    mutating func append(copying range: Range<Int>, of others: [JSONNode], at offset: Int) {
        let root = others[range.lowerBound]
        let (shift, moved) = (offset - Int(root.start), nodes.count - range.lowerBound)
        nodes.reserveCapacity(nodes.count + range.count)
        for node in others[range] {
            nodes.append(
                JSONNode(
                    kind: node.kind,
                    flags: node.flags,
                    tag: node.tag,
                    depth: depth + Int(node.depth) - Int(root.depth),
                    text: Int(node.start) + shift..<Int(node.end) + shift,
                    next: Int(node.next) + moved
                )
            )
        }
    }

    /// Adds an object's key, whose text includes the quotes.
    @inline(__always)
    mutating func appendKey(escaped: Bool, tag: UInt8, text: Range<Int>) {
        let flags: JSONNode.Flags = escaped ? [.key, .escaped] : .key
        nodes.append(JSONNode(kind: .string, flags: flags, tag: tag, depth: depth, text: text, next: nodes.count + 1))
    }

    /// Adds a container and makes it the innermost one.
    @inline(__always)
    mutating func open(_ kind: JSONNode.Kind, at offset: Int) {
        let index = nodes.count
        nodes.append(JSONNode(kind: kind, depth: depth, text: offset..<offset, next: openIndex))
        openIndex = index
        isInObject = kind == .object
        depth += 1
    }

    /// Completes the innermost container, whose text ends before the offset.
    @inline(__always)
    mutating func close(before offset: Int, flags: JSONNode.Flags) {
        let node = nodes[openIndex]
        let parent = Int(Int32(truncatingIfNeeded: node.next))
        depth -= 1
        nodes[openIndex] = JSONNode(
            kind: node.kind,
            flags: flags,
            depth: depth,
            text: Int(node.start)..<offset,
            next: nodes.count
        )
        openIndex = parent
        isInObject = parent >= 0 && nodes[parent].kind == .object
    }

    /// The number of nodes after which the rest of a text is estimated.
    static let sampleSize = 128

    /// Whether the room may run out before the next container.
    var needsRoom: Bool {
        nodes.count + 32 > nodes.capacity
    }

    /// Makes room for the nodes of a whole text, if the rest is like the part consumed so far.
    // PERF: doubling the room instead costs page faults, and room that nobody needs.
    @inline(never)
    mutating func makeRoom(consumed: Int, of total: Int) {
        guard nodes.count >= Self.sampleSize / 2 else { return }
        let estimate = Double(nodes.count) * Double(total) / Double(max(consumed, 1)) * 1.0625
        nodes.reserveCapacity(Int(min(estimate, Double(total))) + 64)
    }

    /// The nodes, without much room for more.
    consuming func compacted() -> [JSONNode] {
        // Documents are cached for long; the copy costs little beside the parsing.
        guard nodes.capacity - nodes.count > nodes.count / 4 else { return nodes }
        var copy: [JSONNode] = []
        copy.reserveCapacity(nodes.count)
        copy.append(contentsOf: nodes)
        return copy
    }

    /// Replaces a node.
    mutating func replace(_ index: Int, with node: JSONNode) {
        nodes[index] = node
    }

    /// Finds whether the object whose members are those from an index to the tape's end may name one of them twice.
    ///
    /// The result errs on the side of yes: for keys with escapes, and for objects too large to be checked quickly.
    func repeatedKeyFlags(ofObject object: Int, end: Int, in text: Span<UInt8>) -> JSONNode.Flags {
        var seen: UInt64 = 0
        var remaining = 64
        var index = object + 1
        while index < end {
            let key = nodes[index]
            remaining -= 1
            if remaining < 0 || key.flags.contains(.escaped) { return .mayRepeatKeys }
            let bit: UInt64 = 1 << UInt64(key.tag & 63)
            if seen & bit != 0, holdsKey(like: key, from: object + 1, to: index, in: text) { return .mayRepeatKeys }
            seen |= bit
            index = Int(nodes[index + 1].next)
        }
        return []
    }

    /// Searches some members for one with the same name.
    private func holdsKey(like key: JSONNode, from start: Int, to end: Int, in text: Span<UInt8>) -> Bool {
        var index = start
        while index < end {
            let other = nodes[index]
            if other.tag == key.tag, other.end - other.start == key.end - key.start {
                let name = text.extracting(Int(key.start)..<Int(key.end))
                if name.hasSameBytes(as: text.extracting(Int(other.start)..<Int(other.end))) { return true }
            }
            index = Int(nodes[index + 1].next)
        }
        return false
    }
}
