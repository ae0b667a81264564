extension JSONDocument {
    /// Finds the value of an object's member, or of the last one if several have the name; nil in other values.
    package func member(_ key: borrowing JSONKey, of index: Int) -> Int? {
        var hint = 0
        return searchMember(key.digest, of: resolve(index), hint: &hint)
    }

    /// Finds the value of an object's member, first at the index where a similar object had it.
    ///
    /// A hint belongs to one key and a list of similar rows: begin with zero and pass it on from row to row. It speeds up the search and
    /// never changes its result.
    // PERF: called for each field of each row; in place, a right guess costs 4 ns, and the key need not be retained.
    @inlinable @inline(__always)
    package func member(_ key: borrowing JSONKey, of index: Int, hint: inout Int) -> Int? {
        member(key.digest, of: index, hint: &hint)
    }

    /// Finds the value of an object's member as `member(_:of:hint:)` does with a key, given only the digest.
    // PERF: see there.
    @inlinable @inline(__always)
    package func member(_ digest: KeyDigest, of index: Int, hint: inout Int) -> Int? {
        let object = resolve(index)
        let (nodes, bytes) = (nodes, bytes)
        let value = Self.likelyMember(digest, of: object, hint: hint, nodes: nodes.span, text: bytes.span)
        if value != nil { return resolve(object &+ hint) }
        return searchMember(digest, of: object, hint: &hint)
    }

    /// Finds the value of an object's member only at the index where a similar object had it; nil: it is not there, or the value is a
    /// link.
    ///
    /// - Parameters:
    ///   - digest: the member's name.
    ///   - object: the object's node, which is no link.
    ///   - hint: the index of the member in a similar object.
    ///   - nodes: the document's nodes.
    ///   - text: the document's text.
    /// - Returns: the value's node.
    // PERF: for each leaf of each row; spans of the document are at hand there, so that nothing is retained.
    @inlinable @inline(__always)
    package static func likelyMember(
        _ digest: borrowing KeyDigest,
        of object: Int,
        hint: Int,
        nodes: Span<JSONNode>,
        text: Span<UInt8>
    ) -> JSONNode? {
        let guess = object &+ hint
        // A member of the next level within the object's subtree can only be one of the object itself.
        guard let key = nodes[object].head(ofChild: digest.key), hint > 1, guess < Int(nodes[object &+ 1].start) else {
            return nil
        }
        let value = nodes[guess]
        guard value.hasHead(key), value.hasSameName(as: digest, in: text), value.kind != .link else { return nil }
        return value
    }

    /// Finds a member by reading an object's keys, and sets the hint to its index.
    @usableFromInline
    func searchMember(_ digest: KeyDigest, of object: Int, hint: inout Int) -> Int? {
        let container = nodes[object]
        guard container.kind == .object else { return nil }
        let readsAll = container.flags.contains(.mayRepeatKeys)
        let bytes = bytes
        let text = bytes.span
        let end = next(after: object)
        var found: Int?
        var index = firstChild(of: object)
        while index < end {
            let node = nodes[index]
            if node.isNamed(digest, in: text) || (node.flags.contains(.escapedKey) && isEscapedKey(node, digest)) {
                found = index
                if !readsAll { break }
            }
            index = next(after: index)
        }
        guard let found else { return nil }
        hint = found - object
        return resolve(found)
    }

    private func isEscapedKey(_ node: JSONNode, _ digest: KeyDigest) -> Bool {
        let name = decodedKey(node)
        return name.count == digest.count && digest.matches(name.span, in: 0..<name.count)
    }

    /// The name of an object's member; nil for other values.
    ///
    /// - Parameter member: the member's index, as `members(of:)` lists it, so that it may be a link.
    /// - Returns: the name, without escapes.
    package func name(of member: Int) -> String? {
        let node = nodes[member]
        guard node.flags.contains(.member) else { return nil }
        if node.flags.contains(.escapedKey) { return String(decoding: decodedKey(node), as: UTF8.self) }
        let bytes = bytes
        return String(decoding: bytes[node.keyRange(in: bytes.span)], as: UTF8.self)
    }

    /// The offset in the text of the opening quote of a member's key; nil for other values.
    package func nameOffset(of member: Int) -> Int? {
        let node = nodes[member]
        guard node.flags.contains(.member) else { return nil }
        let bytes = bytes
        return node.keyRange(in: bytes.span).lowerBound - 1
    }

    /// Whether an object's member, given its index as `members(of:)` lists it, has a name.
    package func isNamed(_ member: Int, _ key: borrowing JSONKey) -> Bool {
        let node = nodes[member]
        guard node.flags.contains(.member) else { return false }
        if node.flags.contains(.escapedKey) { return decodedKey(node) == key.utf8 }
        let bytes = bytes
        return node.isNamed(key.digest, in: bytes.span)
    }

    private func decodedKey(_ node: JSONNode) -> [UInt8] {
        let bytes = bytes
        let text = bytes.span
        return StringDecoder.decode(text, in: node.keyRange(in: text))
    }

    /// Finds a member by a name instead of a key, which is slower.
    package func member(named name: String, of index: Int) -> Int? {
        member(JSONKey(name), of: index)
    }

    /// Whether a node is a string with the given contents.
    package func isString(_ index: Int, equalTo key: borrowing JSONKey) -> Bool {
        let node = nodes[resolve(index)]
        guard node.kind == .string else { return false }
        if node.flags.contains(.escaped) { return decodedString(node) == key.utf8 }
        let bytes = bytes
        let utf8 = key.utf8
        return bytes.span.extracting(Int(node.start) + 1..<Int(node.end) - 1).hasSameBytes(as: utf8.span)
    }

    /// A string's contents in UTF-8.
    func decodedString(_ node: JSONNode) -> [UInt8] {
        let bytes = bytes
        let span = bytes.span
        return StringDecoder.decode(span, in: Int(node.start) + 1..<Int(node.end) - 1)
    }
}
