/// Reads one JSON text (RFC 8259) into a tape, in one pass and without recursion.
struct JSONParser: ~Copyable {
    /// The nodes read so far.
    var tape: NodeTape
    /// The offsets of escapes of surrogates that have no pair.
    var loneSurrogates: [Int] = []
    private let limits: JSONLimits

    /// Makes a parser for a text of some length.
    private init(byteCount: Int, limits: JSONLimits) {
        self.limits = limits
        tape = NodeTape(minimumCapacity: min(byteCount / 8 + 8, NodeTape.sampleSize))
    }

    /// The index of a text.
    struct Index {
        let nodes: [JSONNode]
        /// The offsets of escapes, six bytes each, of surrogates that have no pair.
        let loneSurrogates: [Int]
    }

    /// Reads a whole text; a byte order mark at its start is skipped, as RFC 8259 section 8.1 allows.
    static func index(of text: Span<UInt8>, limits: JSONLimits) throws(JSONError) -> Index {
        guard text.count <= limits.maximumBytes else {
            throw JSONError(.tooLarge, "The text is longer than \(limits.maximumBytes) bytes", at: limits.maximumBytes)
        }
        var parser = JSONParser(byteCount: text.count, limits: limits)
        let hasMark = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
        try parser.parseText(text, from: hasMark ? 3 : 0)
        return Index(nodes: parser.tape.array(), loneSurrogates: parser.loneSurrogates)
    }

    /// Reads `ws value ws`.
    // PERF: the position is a local variable and not passed `inout`, so that it stays in a register.
    private mutating func parseText(_ text: Span<UInt8>, from start: Int) throws(JSONError) {
        var position = start
        var key = JSONNode.Key.none
        while true {
            position = skipWhitespace(text, position)
            guard position < text.count else { throw endError(text) }
            switch text[position] {
            case UInt8(ascii: "\""):
                let string = try scanString(text, at: position)
                tape.append(.string, flags: string.escaped ? .escaped : [], key: key, text: position..<string.end)
                position = string.end
            case UInt8(ascii: "{"):
                try open(.object, key, at: position, text)
                position = skipWhitespace(text, position &+ 1)
                if position < text.count, text[position] == UInt8(ascii: "}") {
                    position &+= 1
                    tape.close(before: position, flags: [])
                } else {
                    (key, position) = try parseKey(text, at: position)
                    continue
                }
            case UInt8(ascii: "["):
                try open(.array, key, at: position, text)
                key = .none
                position = skipWhitespace(text, position &+ 1)
                guard position < text.count, text[position] == UInt8(ascii: "]") else { continue }
                position &+= 1
                tape.close(before: position, flags: [])
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let number = try scanNumber(text, at: position)
                tape.append(number.kind, key: key, text: position..<number.end)
                position = number.end
            case UInt8(ascii: "t"):
                position = try parseLiteral("true", .true, key, text, at: position)
            case UInt8(ascii: "f"):
                position = try parseLiteral("false", .false, key, text, at: position)
            case UInt8(ascii: "n"):
                position = try parseLiteral("null", .null, key, text, at: position)
            default:
                throw unexpected(text, at: position, expected: "a value")
            }
            guard try parseSeparators(text, &position, &key) else { break }
        }
        position = skipWhitespace(text, position)
        if position < text.count {
            throw JSONError(.trailingBytes, "Unexpected \(describe(text[position])) after the value", at: position)
        }
    }

    /// Reads the separators after a value, up to the next value; returns whether there is one.
    @inline(__always)
    private mutating func parseSeparators(
        _ text: Span<UInt8>,
        _ position: inout Int,
        _ key: inout JSONNode.Key
    ) throws(JSONError) -> Bool {
        while tape.depth > 0 {
            position = skipWhitespace(text, position)
            guard position < text.count else { throw endError(text) }
            let byte = text[position]
            if byte == UInt8(ascii: ",") {
                key = .none
                position &+= 1
                guard tape.isInObject else { return true }
                position = skipWhitespace(text, position)
                (key, position) = try parseKey(text, at: position)
                return true
            }
            guard byte == (tape.isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw unexpected(text, at: position, expected: tape.isInObject ? "“,” or “}”" : "“,” or “]”")
            }
            position &+= 1
            tape.close(before: position, flags: tape.isInObject ? tape.repeatedKeyFlags(in: text) : [])
        }
        return false
    }

    private mutating func open(
        _ kind: JSONNode.Kind,
        _ key: JSONNode.Key,
        at position: Int,
        _ text: Span<UInt8>
    ) throws(JSONError) {
        guard tape.depth < limits.maximumDepth else {
            throw JSONError(.tooDeep, "Values are nested deeper than \(limits.maximumDepth) levels", at: position)
        }
        if tape.needsRoom { tape.makeRoom(consumed: position, of: text.count) }
        tape.open(kind, key: key, at: position)
    }

    /// Reads a key and the colon after it.
    @inline(__always)
    private mutating func parseKey(
        _ text: Span<UInt8>,
        at start: Int
    ) throws(JSONError) -> (key: JSONNode.Key, end: Int) {
        guard start < text.count else { throw endError(text) }
        guard text[start] == UInt8(ascii: "\"") else { throw unexpected(text, at: start, expected: "a key") }
        let string = try scanString(text, at: start)
        let name = start &+ 1..<string.end &- 1
        let tag = KeyDigest.Words(outer: text, in: name).tag(count: name.count)
        let key = JSONNode.Key(tag: tag, length: name.count, escaped: string.escaped)
        let position = skipWhitespace(text, string.end)
        guard position < text.count else { throw endError(text) }
        guard text[position] == UInt8(ascii: ":") else { throw unexpected(text, at: position, expected: "“:”") }
        return (key, position &+ 1)
    }

    /// Reads one of the three literal names of JSON.
    @inline(__always)
    private mutating func parseLiteral(
        _ name: StaticString,
        _ kind: JSONNode.Kind,
        _ key: JSONNode.Key,
        _ text: Span<UInt8>,
        at start: Int
    ) throws(JSONError) -> Int {
        let end = start + name.utf8CodeUnitCount
        // The first byte has been read; the last four bytes include all of the rest.
        guard end <= text.count, text.halfWord(at: end - 4) == Self.ending(of: kind) else {
            throw literalError(name, text, at: start)
        }
        tape.append(kind, key: key, text: start..<end)
        return end
    }

    /// The last four bytes of a literal, the first of them lowest.
    @inline(__always)
    private static func ending(of kind: JSONNode.Kind) -> UInt32 {
        switch kind {
        case .true: 0x6575_7274
        case .false: 0x6573_6C61
        case .null, .integer, .number, .string, .array, .object, .link, .reference: 0x6C6C_756E
        }
    }

    /// The offset after spaces, tabs and line breaks.
    @inline(__always)
    private func skipWhitespace(_ text: Span<UInt8>, _ start: Int) -> Int {
        var position = start
        while position < text.count, text[position] <= 0x20 {
            let byte = text[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            position &+= 1
        }
        return position
    }
}
