/// Reads one JSON text (RFC 8259) into a tape, in one pass and without recursion.
struct JSONParser {
    /// The nodes read so far.
    var tape: NodeTape
    /// The offset of the next byte to read.
    var position = 0
    /// The offsets of escapes of surrogates that have no pair.
    var loneSurrogates: [Int] = []
    private let limits: JSONLimits

    /// Makes a parser for a text of some length.
    private init(byteCount: Int, limits: JSONLimits) {
        self.limits = limits
        tape = NodeTape(minimumCapacity: min(byteCount / 8 + 4, NodeTape.sampleSize))
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
        if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF { parser.position = 3 }
        try parser.parseText(text)
        return Index(nodes: parser.tape.compacted(), loneSurrogates: parser.loneSurrogates)
    }

    /// Reads `ws value ws`.
    private mutating func parseText(_ text: Span<UInt8>) throws(JSONError) {
        var expectsValue = true
        while true {
            if expectsValue {
                skipWhitespace(text)
                // An opened container that is not empty leaves its first value to be read.
                if try parseValue(text) { continue }
            }
            guard tape.depth > 0 else { break }
            expectsValue = try parseSeparator(text)
        }
        skipWhitespace(text)
        if position < text.count {
            throw JSONError(.trailingBytes, "Unexpected \(describe(text[position])) after the value", at: position)
        }
    }

    /// Reads a value, or the start of a container up to its first value; returns whether a value must follow.
    @inline(__always)
    private mutating func parseValue(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        guard position < text.count else { throw endError(text) }
        switch text[position] {
        case UInt8(ascii: "\""):
            let string = try scanString(text)
            tape.append(.string, flags: string.escaped ? .escaped : [], text: string.start..<position)
        case UInt8(ascii: "{"):
            return try openObject(text)
        case UInt8(ascii: "["):
            return try openArray(text)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try parseNumber(text)
        case UInt8(ascii: "t"):
            try parseLiteral("true", .true, text)
        case UInt8(ascii: "f"):
            try parseLiteral("false", .false, text)
        case UInt8(ascii: "n"):
            try parseLiteral("null", .null, text)
        default:
            throw unexpected(text, expected: "a value")
        }
        return false
    }

    /// Reads what follows a value in a container; returns whether another value must follow.
    @inline(__always)
    private mutating func parseSeparator(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        skipWhitespace(text)
        guard position < text.count else { throw endError(text) }
        let byte = text[position]
        if byte == UInt8(ascii: ",") {
            position += 1
            if tape.isInObject {
                skipWhitespace(text)
                try parseKey(text)
            }
            return true
        }
        guard byte == (tape.isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
            throw unexpected(text, expected: tape.isInObject ? "“,” or “}”" : "“,” or “]”")
        }
        closeContainer(text)
        return false
    }

    /// Reads `{` and, unless the object is empty, its first key.
    private mutating func openObject(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        try open(.object, text)
        skipWhitespace(text)
        if position < text.count, text[position] == UInt8(ascii: "}") {
            closeContainer(text)
            return false
        }
        try parseKey(text)
        return true
    }

    /// Reads `[` and, if the array is empty, `]`.
    private mutating func openArray(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        try open(.array, text)
        skipWhitespace(text)
        if position < text.count, text[position] == UInt8(ascii: "]") {
            closeContainer(text)
            return false
        }
        return true
    }

    private mutating func open(_ kind: JSONNode.Kind, _ text: Span<UInt8>) throws(JSONError) {
        guard tape.depth < limits.maximumDepth else {
            throw JSONError(.tooDeep, "Values are nested deeper than \(limits.maximumDepth) levels", at: position)
        }
        if tape.needsRoom { tape.makeRoom(consumed: position, of: text.count) }
        tape.open(kind, at: position)
        position += 1
    }

    @inline(__always)
    private mutating func closeContainer(_ text: Span<UInt8>) {
        position += 1
        let flags: JSONNode.Flags =
            tape.isInObject
            ? tape.repeatedKeyFlags(ofObject: tape.openIndex, end: tape.nodes.count, in: text) : []
        tape.close(before: position, flags: flags)
    }

    /// Reads a key and the colon after it.
    @inline(__always)
    private mutating func parseKey(_ text: Span<UInt8>) throws(JSONError) {
        guard position < text.count else { throw endError(text) }
        guard text[position] == UInt8(ascii: "\"") else { throw unexpected(text, expected: "a key") }
        let string = try scanString(text)
        let name = string.start + 1..<position - 1
        let tag = KeyDigest.Words(outer: text, in: name).tag(count: name.count)
        tape.appendKey(escaped: string.escaped, tag: tag, text: string.start..<position)
        skipWhitespace(text)
        guard position < text.count else { throw endError(text) }
        guard text[position] == UInt8(ascii: ":") else { throw unexpected(text, expected: "“:”") }
        position += 1
    }

    /// Reads one of the three names that JSON knows.
    @inline(__always)
    private mutating func parseLiteral(
        _ name: StaticString,
        _ kind: JSONNode.Kind,
        _ text: Span<UInt8>
    ) throws(JSONError) {
        let length = name.utf8CodeUnitCount
        // The first byte has been seen; the last four are all of the rest.
        guard position + length <= text.count, text.halfWord(at: position + length - 4) == Self.ending(of: kind) else {
            throw literalError(name, text)
        }
        tape.append(kind, text: position..<position + length)
        position += length
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

    /// Steps over spaces, tabs and line breaks.
    @inline(__always)
    mutating func skipWhitespace(_ text: Span<UInt8>) {
        while position < text.count, text[position] <= 0x20 {
            let byte = text[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }
}
