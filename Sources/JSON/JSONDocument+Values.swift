extension JSONDocument {
    /// The contents of a string, nil for other values; a surrogate without its pair becomes U+FFFD.
    package func stringValue(of index: Int) -> String? {
        let node = nodes[resolve(index)]
        guard node.kind == .string else { return nil }
        return string(of: node)
    }

    /// The contents of a string in UTF-8, nil for other values; a surrogate without its pair stays, as three bytes that
    /// are no UTF-8, so that the caller can detect it.
    package func stringBytes(of index: Int) -> [UInt8]? {
        let node = nodes[resolve(index)]
        guard node.kind == .string else { return nil }
        let bytes = bytes
        return StringDecoder.decode(bytes.span, in: Int(node.start) + 1..<Int(node.end) - 1, keepsSurrogates: true)
    }

    /// The value of `true` or `false`, nil for other values.
    package func boolValue(of index: Int) -> Bool? {
        switch kind(of: index) {
        case .true: true
        case .false: false
        case .null, .integer, .number, .string, .array, .object, .link, .reference: nil
        }
    }

    /// The number, with its text, nil for other values.
    package func numberValue(of index: Int) -> JSONNumber? {
        let node = nodes[resolve(index)]
        guard node.kind == .integer || node.kind == .number else { return nil }
        return number(of: node)
    }

    /// The value of a number that is whole and fits into `Int`, nil for other values.
    package func intValue(of index: Int) -> Int? {
        numberValue(of: index)?.intValue
    }

    /// The value of a number within a double's range, nil for other values.
    package func doubleValue(of index: Int) -> Double? {
        numberValue(of: index)?.doubleValue
    }

    /// Copies the value at an index; links within it and references become null.
    package func value(at index: Int) -> JSONValue {
        copy(of: resolve(index))
    }

    /// Recursion is bounded by the depth limit of the parser.
    private func copy(of index: Int) -> JSONValue {
        let node = nodes[index]
        switch node.kind {
        case .null, .link, .reference: return .null
        case .false: return .bool(false)
        case .true: return .bool(true)
        case .integer, .number: return .number(number(of: node))
        case .string: return .string(string(of: node))
        case .array:
            let end = next(after: index)
            var elements: [JSONValue] = []
            var child = firstChild(of: index)
            while child < end {
                elements.append(copy(of: child))
                child = next(after: child)
            }
            return .array(elements)
        case .object:
            let end = next(after: index)
            var keys: [String] = []
            var values: [JSONValue] = []
            var child = firstChild(of: index)
            while child < end {
                keys.append(name(of: child) ?? "")
                values.append(copy(of: child))
                child = next(after: child)
            }
            if node.flags.contains(.mayRepeatKeys) { return .object(JSONObject(zip(keys, values))) }
            return .object(JSONObject(uniqueKeys: keys, values: values))
        }
    }

    private func string(of node: JSONNode) -> String {
        if node.flags.contains(.escaped) { return String(decoding: decodedString(node), as: UTF8.self) }
        return String(decoding: bytes[Int(node.start) + 1..<Int(node.end) - 1], as: UTF8.self)
    }

    private func number(of node: JSONNode) -> JSONNumber {
        let text = String(decoding: bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
        return JSONNumber(uncheckedText: text, isInteger: node.kind == .integer)
    }
}

extension JSONDocument {
    /// Appends a node's text to a buffer unchanged.
    // PERF: copies every scalar of a response; a slice in between would be retained.
    @inlinable
    package func write(_ index: Int, into output: inout OutputBuffer) {
        let node = nodes[resolve(index)]
        guard node.kind != .reference else {
            output.append("null")
            return
        }
        output.append(contentsOf: bytes, in: Int(node.start)..<Int(node.end))
    }
}
