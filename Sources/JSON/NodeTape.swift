/// A tape under construction; while a container is open, its second entry has the index of the enclosing container.
// PERF: memory of its own, because an array would check for each entry whether it is shared.
@safe
struct NodeTape: ~Copyable {
    /// The number of entries so far.
    private(set) var count = 0
    /// The index of the innermost open container, or -1.
    private(set) var openIndex = -1
    /// Whether the innermost open container is an object.
    private(set) var isInObject = false
    /// The number of open containers.
    private(set) var depth = 0 { didSet { shortDepth = UInt8(clamping: depth) } }
    /// The depth as nodes store it, at most 255.
    private var shortDepth: UInt8 = 0
    // SAFETY: space for `capacity` entries, of which the first `count` are initialized; each access checks its index.
    private var entries: UnsafeMutablePointer<JSONNode>
    private var capacity: Int

    /// Makes an empty tape with space for some entries.
    init(minimumCapacity: Int) {
        capacity = max(minimumCapacity, 4)
        unsafe entries = .allocate(capacity: capacity)
    }

    deinit { unsafe entries.deallocate() }

    /// The entry at an index.
    subscript(_ index: Int) -> JSONNode {
        @inline(__always)
        get {
            precondition(index >= 0 && index < count, "The tape has no such entry.")
            return unsafe entries[index]
        }
        @inline(__always)
        set {
            precondition(index >= 0 && index < count, "The tape has no such entry.")
            unsafe entries[index] = newValue
        }
    }

    @inline(__always)
    private mutating func append(_ node: JSONNode) {
        if count == capacity { reserve(capacity * 2) }
        unsafe (entries + count).initialize(to: node)
        count &+= 1
    }

    @inline(never)
    private mutating func reserve(_ minimumCapacity: Int) {
        guard minimumCapacity > capacity else { return }
        let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: minimumCapacity)
        unsafe larger.moveInitialize(from: entries, count: count)
        unsafe entries.deallocate()
        unsafe entries = larger
        capacity = minimumCapacity
    }

    /// Adds a value that is not a container.
    @inline(__always)
    mutating func append(_ kind: JSONNode.Kind, flags: JSONNode.Flags = [], key: JSONNode.Key, text: Range<Int>) {
        append(JSONNode(kind: kind, flags: flags, key: key, depth: shortDepth, text: text))
    }

    /// Adds a value of another tape with its descendants, under another key.
    ///
    /// - Parameters:
    ///   - range: the entries of the value in that tape, which has no links.
    ///   - others: the entries of that tape.
    ///   - offset: the offset of its text in this tape's text.
    ///   - key: its key here.
    mutating func append(copying range: Range<Int>, of others: [JSONNode], at offset: Int, key: JSONNode.Key) {
        let root = others[range.lowerBound]
        let (shift, moved) = (offset - Int(root.start), count - range.lowerBound)
        let deeper = depth - Int(root.depth)
        reserve(count + range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let node = others[index]
            let isRoot = index == range.lowerBound
            // A depth of 255 means that or more, so it stays: the node must not pass for a member of a less deep object.
            let depth = node.depth == .max && !isRoot ? UInt8.max : UInt8(clamping: Int(node.depth) + deeper)
            append(node.moved(by: shift, depth: depth, key: isRoot ? key : node.key))
            index += 1
            if node.isContainer {
                append(.boundary(Int(others[index].start) + moved))
                index += 1
            }
        }
    }

    /// Adds a container and makes it the innermost one.
    @inline(__always)
    mutating func open(_ kind: JSONNode.Kind, key: JSONNode.Key, at offset: Int) {
        let index = count
        append(JSONNode(kind: kind, key: key, depth: shortDepth, text: offset..<offset))
        append(.boundary(openIndex))
        openIndex = index
        isInObject = kind == .object
        depth += 1
    }

    /// Completes the innermost container, whose text ends before the offset.
    @inline(__always)
    mutating func close(before offset: Int, flags: JSONNode.Flags) {
        let parent = Int(Int32(truncatingIfNeeded: self[openIndex + 1].start))
        depth -= 1
        self[openIndex] = self[openIndex].ending(at: offset, flags: flags)
        self[openIndex + 1] = .boundary(count)
        openIndex = parent
        isInObject = parent >= 0 && self[parent].kind == .object
    }

    /// The number of entries after which the number of all entries is estimated.
    static let sampleSize = 128

    /// Whether the space may be used up before the next container.
    var needsRoom: Bool {
        count + 32 > capacity
    }

    /// Reserves space for the entries of a whole text, estimated from the part consumed so far.
    // PERF: doubling the space instead costs page faults, and space that stays unused.
    @inline(never)
    mutating func makeRoom(consumed: Int, of total: Int) {
        guard count >= Self.sampleSize / 2 else { return }
        let estimate = Double(count) * Double(total) / Double(max(consumed, 1)) * 1.0625
        reserve(Int(min(estimate, Double(total))) + 64)
    }

    /// The entries, without unused capacity.
    // Documents are cached for long; the copy is fast compared to parsing.
    func array() -> [JSONNode] {
        unsafe Array(UnsafeBufferPointer(start: entries, count: count))
    }

    /// The index of the entry after a value and its descendants.
    @inline(__always)
    func next(after index: Int) -> Int {
        self[index].isContainer ? Int(self[index + 1].start) : index + 1
    }

    /// Whether the innermost object, whose members are complete, may have repeated keys, as flags.
    func repeatedKeyFlags(in text: Span<UInt8>) -> JSONNode.Flags {
        repeatedKeyFlags(ofObject: openIndex, end: count, in: text)
    }

    /// Whether an object, whose members end before an index, may have repeated keys, as flags.
    ///
    /// May report repeated keys where there are none: for keys with escapes, and for objects of more than 64 members.
    func repeatedKeyFlags(ofObject object: Int, end: Int, in text: Span<UInt8>) -> JSONNode.Flags {
        var tags: UInt64 = 0
        var remaining = 64
        var index = object + 2
        precondition(index <= end && end <= count, "The tape has no such entries.")
        while index < end {
            // SAFETY: a member is before the end of its object, which has been compared with the number of entries.
            let member = unsafe entries[index]
            remaining -= 1
            if remaining < 0 || member.flags.contains(.escapedKey) { return .mayRepeatKeys }
            let tag: UInt64 = 1 << UInt64(member.tag & 63)
            if tags & tag != 0, holdsKey(of: member, from: object + 2, to: index, in: text) { return .mayRepeatKeys }
            tags |= tag
            // SAFETY: the entry of an object or array is followed by a second one.
            index = member.isContainer ? unsafe Int(entries[index &+ 1].start) : index &+ 1
        }
        return []
    }

    /// Whether one of the members in a range has the same name as another.
    // PERF: a function of its own, so that the loop of the caller has its registers.
    @inline(never)
    private func holdsKey(of member: JSONNode, from start: Int, to end: Int, in text: Span<UInt8>) -> Bool {
        var index = start
        while index < end {
            let other = self[index]
            if other.key == member.key {
                let name = text.extracting(member.keyRange(in: text))
                if name.hasSameBytes(as: text.extracting(other.keyRange(in: text))) { return true }
            }
            index = next(after: index)
        }
        return false
    }
}
