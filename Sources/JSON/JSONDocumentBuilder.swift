/// Builds a document value by value, with links between its nodes if wanted.
///
/// Each function that adds a value returns the index of its node. The caller must nest the calls as the values are nested, which is
/// checked.
package struct JSONDocumentBuilder: ~Copyable {
    private var output: OutputBuffer
    private var tape: NodeTape
    private var containsLinks = false
    private var references: [JSONReference] = []
    /// The key of the value that is added next.
    private var key = JSONNode.Key.none
    /// Whether a comma must come before the next key or element.
    private var needsComma = false

    /// Makes a builder without values.
    package init(minimumCapacity: Int = 1024) {
        output = OutputBuffer(minimumCapacity: minimumCapacity)
        tape = NodeTape(minimumCapacity: minimumCapacity / 12)
    }

    /// Begins an object.
    @discardableResult
    package mutating func beginObject() -> Int {
        begin(.object, UInt8(ascii: "{"))
    }

    /// Ends the object that was begun last.
    package mutating func endObject() {
        precondition(tape.isInObject, "No object is open.")
        end(UInt8(ascii: "}"))
    }

    /// Begins an array.
    @discardableResult
    package mutating func beginArray() -> Int {
        begin(.array, UInt8(ascii: "["))
    }

    /// Ends the array that was begun last.
    package mutating func endArray() {
        precondition(tape.depth > 0 && !tape.isInObject, "No array is open.")
        end(UInt8(ascii: "]"))
    }

    /// Adds a key, whose value must follow.
    package mutating func key(_ name: String) {
        precondition(tape.isInObject, "A key stands in an object only.")
        separate()
        let start = output.count
        output.appendJSONString(name)
        let isEscaped = output.count - start != name.utf8.count + 2
        let digest = KeyDigest(of: name.utf8.span, in: 0..<name.utf8.count)
        let length = output.count - start - 2
        key = isEscaped ? JSONNode.Key(tag: 0, length: length, escaped: true) : digest.key
        output.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Adds an encoded key, whose value must follow.
    package mutating func key(_ name: borrowing JSONKey) {
        precondition(tape.isInObject, "A key stands in an object only.")
        separate()
        let start = output.count
        output.append(contentsOf: name.encoded)
        let length = output.count - start - 2
        key = length == name.digest.count ? name.digest.key : JSONNode.Key(tag: 0, length: length, escaped: true)
        output.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Adds a string.
    @discardableResult
    package mutating func string(_ value: String) -> Int {
        separate()
        let start = output.count
        output.appendJSONString(value)
        let isEscaped = output.count - start != value.utf8.count + 2
        tape.append(.string, flags: isEscaped ? .escaped : [], key: key, text: start..<output.count)
        return completed()
    }

    /// Adds `true` or `false`.
    @discardableResult
    package mutating func bool(_ value: Bool) -> Int {
        scalar(value ? .true : .false, value ? "true" : "false")
    }

    /// Adds `null`.
    @discardableResult
    package mutating func null() -> Int {
        scalar(.null, "null")
    }

    /// Adds an integer.
    @discardableResult
    package mutating func integer(_ value: Int) -> Int {
        number(JSONNumber(value))
    }

    /// Adds a number.
    @discardableResult
    package mutating func number(_ value: JSONNumber) -> Int {
        separate()
        let start = output.count
        output.append(utf8Of: value.text)
        tape.append(value.isInteger ? .integer : .number, key: key, text: start..<output.count)
        return completed()
    }

    /// Adds a link to a node, serialized as `null`; its target can be set later with `patchLink(_:to:)`.
    @discardableResult
    package mutating func link(to target: Int = 0) -> Int {
        let index = scalar(.null, "null")
        makeLink(index, to: target)
        return index
    }

    /// Adds a reference to a node of another document, which has a number that the builder's caller chooses.
    @discardableResult
    package mutating func reference(to node: Int, in document: Int) -> Int {
        containsLinks = true
        let index = scalar(.null, "null")
        tape[index] = tape[index].referring(to: references.count)
        references.append(JSONReference(document: document, node: node))
        return index
    }

    /// Sets a link's target, which must not be a link itself.
    package mutating func patchLink(_ index: Int, to target: Int) {
        precondition(tape[index].kind == .link, "The node is no link.")
        makeLink(index, to: target)
    }

    private mutating func makeLink(_ index: Int, to target: Int) {
        containsLinks = true
        tape[index] = tape[index].linked(to: target)
    }

    /// Adds a value with its descendants.
    @discardableResult
    package mutating func value(_ value: JSONValue) -> Int {
        switch value {
        case .null: return null()
        case .bool(let value): return bool(value)
        case .number(let value): return number(value)
        case .string(let value): return string(value)
        case .array(let elements):
            let index = beginArray()
            for element in elements { self.value(element) }
            endArray()
            return index
        case .object(let object):
            let index = beginObject()
            for (name, value) in object {
                key(name)
                self.value(value)
            }
            endObject()
            return index
        }
    }

    // MARK: - Copies

    /// Adds the key of another document's member, whose value must follow.
    ///
    /// - Parameters:
    ///   - member: the member, as `JSONDocument.members(of:)` lists it.
    ///   - document: that document.
    package mutating func key(_ member: Int, of document: JSONDocument) {
        precondition(tape.isInObject, "A key stands in an object only.")
        separate()
        let node = document.nodes[member]
        let bytes = document.bytes
        let name = node.keyRange(in: bytes.span)
        output.append(contentsOf: bytes, in: name.lowerBound - 1..<name.upperBound + 1)
        key = node.key
        output.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Adds a value of another document with its descendants, as its text is there.
    ///
    /// References in it to a third document become null.
    @discardableResult
    package mutating func copy(_ index: Int, of document: JSONDocument) -> Int {
        // The text of a link is not that of its target.
        guard !document.containsLinks else { return value(document.value(at: index)) }
        separate()
        let (root, first, start) = (document.nodes[index], tape.count, output.count)
        output.append(contentsOf: document.bytes, in: Int(root.start)..<Int(root.end))
        tape.append(copying: index..<document.next(after: index), of: document.nodes, at: start, key: key)
        key = .none
        needsComma = true
        return first
    }

    /// Completes the document, whose root is the first value.
    package consuming func finish() -> JSONDocument {
        precondition(tape.depth == 0, "An array or object is still open.")
        if tape.count == 0 { null() }
        let bytes = output.array()
        var index = 0
        while index < tape.count {
            let node = tape[index]
            if node.kind == .object {
                let flags = tape.repeatedKeyFlags(ofObject: index, end: tape.next(after: index), in: bytes.span)
                tape[index] = node.adding(flags)
            } else if node.kind == .link {
                let target = Int(node.end)
                precondition(target < tape.count && tape[target].kind != .link, "A link has no target.")
            }
            index += node.isContainer ? 2 : 1
        }
        return JSONDocument(
            bytes: bytes,
            nodes: tape.array(),
            containsLinks: containsLinks,
            references: references
        )
    }

    private mutating func separate() {
        if needsComma { output.append(UInt8(ascii: ",")) }
    }

    private mutating func completed() -> Int {
        key = .none
        needsComma = true
        return tape.count - 1
    }

    private mutating func scalar(_ kind: JSONNode.Kind, _ text: StaticString) -> Int {
        separate()
        let start = output.count
        output.append(text)
        tape.append(kind, key: key, text: start..<output.count)
        return completed()
    }

    private mutating func begin(_ kind: JSONNode.Kind, _ byte: UInt8) -> Int {
        separate()
        let index = tape.count
        tape.open(kind, key: key, at: output.count)
        key = .none
        output.append(byte)
        needsComma = false
        return index
    }

    private mutating func end(_ byte: UInt8) {
        output.append(byte)
        tape.close(before: output.count, flags: [])
        needsComma = true
    }
}
