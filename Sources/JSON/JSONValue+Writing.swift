extension JSONValue {
    /// Appends the value's JSON text without white space, optionally with the keys sorted by their bytes.
    package func write(into output: inout OutputBuffer, sortedKeys: Bool = false) {
        switch self {
        case .null: output.append("null")
        case .bool(let value): output.append(value ? "true" : "false")
        case .number(let number): output.append(utf8Of: number.text)
        case .string(let string): output.appendJSONString(string)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { output.append(UInt8(ascii: ",")) }
                isFirst = false
                element.write(into: &output, sortedKeys: sortedKeys)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            object.write(into: &output, sortedKeys: sortedKeys)
        }
    }

    /// The value's JSON text without white space, optionally with the keys sorted by their bytes.
    package func serialized(sortedKeys: Bool = false) -> [UInt8] {
        var output = OutputBuffer(minimumCapacity: 256)
        write(into: &output, sortedKeys: sortedKeys)
        return output.array()
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value's JSON text.
    package var description: String {
        String(decoding: serialized(), as: UTF8.self)
    }
}

extension JSONObject {
    /// Appends the object's JSON text without white space, optionally with the keys sorted by their bytes.
    package func write(into output: inout OutputBuffer, sortedKeys: Bool = false) {
        let order = keys.indices
        let sorted = sortedKeys ? order.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) } : []
        output.append(UInt8(ascii: "{"))
        for position in order {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            let index = sortedKeys ? sorted[position] : position
            output.appendJSONString(keys[index])
            output.append(UInt8(ascii: ":"))
            values[index].write(into: &output, sortedKeys: sortedKeys)
        }
        output.append(UInt8(ascii: "}"))
    }
}
