internal import JSON

extension ResponseWriter {
    /// Writes a scalar or enum value; a value that is valid JSON for the type is copied as raw bytes.
    ///
    /// Returns the error of the value; nil: it was written. The texts are those of graphql-js.
    ///
    /// https://spec.graphql.org/September2025/#sec-Scalars.Result-Coercion-and-Serialization
    func completeLeaf(_ json: JSONDocument, _ node: Int, shape: TypeShape, into output: inout OutputBuffer) -> String? {
        switch (shape.leaf, json.node(node).kind) {
        case (.string, .string), (.id, .string), (.boolean, .true), (.boolean, .false), (.customScalar, _):
            output.append(contentsOf: json.rawBytes(of: node))
            return nil
        case (.plainForm(let type), _):
            execution.plan.executable.plainForms.named(json.value(at: node), as: [type]).write(into: &output)
            return nil
        case (.enumeration(let type), _):
            return completeEnum(json, node, type: type, into: &output)
        case (.int, _):
            return completeInt(json, node, into: &output)
        case (.float, _):
            return completeFloat(json, node, into: &output)
        case (.string, _):
            return completeString(json, node, into: &output)
        case (.boolean, _):
            return completeBoolean(json, node, into: &output)
        case (.id, _):
            return completeID(json, node, into: &output)
        case (.composite, _):
            return nil
        }
    }

    private func completeEnum(
        _ json: JSONDocument,
        _ node: Int,
        type: TypeID,
        into output: inout OutputBuffer
    ) -> String? {
        let executable = execution.plan.executable
        guard let text = json.stringValue(of: node),
            let spelling = executable.spelling(of: type), let ordinal = spelling.ordinals[ExactString(text)]
        else {
            return "Enum \"\(executable.schema[type].name)\" cannot represent value: \(inspect(json.value(at: node)))"
        }
        if spelling.isVerbatim {
            output.append(contentsOf: json.rawBytes(of: node))
        } else {
            output.appendJSONString(executable.schema[type].values[ordinal].name)
        }
        return nil
    }

    /// Writes a value as an Int; returns the error if it is not valid.
    ///
    /// https://spec.graphql.org/September2025/#sec-Int.Result-Coercion
    private func completeInt(_ json: JSONDocument, _ node: Int, into output: inout OutputBuffer) -> String? {
        guard let number = json.number(convertedFrom: node), number.isFinite, number.rounded() == number else {
            return "Int cannot represent non-integer value: \(inspect(json.value(at: node)))"
        }
        guard let integer = Int32(exactly: number) else {
            return "Int cannot represent non 32-bit signed integer value: \(inspect(json.value(at: node)))"
        }
        output.append(integer: Int(integer))
        return nil
    }

    /// Writes a value as a Float; returns the error if it is not valid.
    ///
    /// https://spec.graphql.org/September2025/#sec-Float.Result-Coercion
    private func completeFloat(_ json: JSONDocument, _ node: Int, into output: inout OutputBuffer) -> String? {
        guard let number = json.number(convertedFrom: node), number.isFinite else {
            return "Float cannot represent non numeric value: \(inspect(json.value(at: node)))"
        }
        switch json.node(node).kind {
        case .integer, .number: output.append(contentsOf: json.rawBytes(of: node))
        case .true, .false, .string, .null, .array, .object, .link, .reference: output.append(double: number)
        }
        return nil
    }

    /// Writes a value as a String; returns the error if it is not valid.
    ///
    /// https://spec.graphql.org/September2025/#sec-String.Result-Coercion
    private func completeString(_ json: JSONDocument, _ node: Int, into output: inout OutputBuffer) -> String? {
        let value = json.value(at: node)
        switch json.node(node).kind {
        case .integer, .number, .true, .false:
            // Copied digit by digit, as a double would round a long number.
            output.append(UInt8(ascii: "\""))
            output.append(contentsOf: json.rawBytes(of: node))
            output.append(UInt8(ascii: "\""))
            return nil
        case .null, .string, .array, .object, .link, .reference: break
        }
        return "String cannot represent value: \(inspect(value))"
    }

    /// Writes a value as a Boolean; returns the error if it is not valid.
    ///
    /// https://spec.graphql.org/September2025/#sec-Boolean.Result-Coercion
    private func completeBoolean(_ json: JSONDocument, _ node: Int, into output: inout OutputBuffer) -> String? {
        switch json.node(node).kind {
        case .integer, .number:
            guard let number = json.number(convertedFrom: node), number.isFinite else { break }
            output.append(number == 0 ? "false" : "true")
            return nil
        case .null, .true, .false, .string, .array, .object, .link, .reference: break
        }
        return "Boolean cannot represent a non boolean value: \(inspect(json.value(at: node)))"
    }

    /// Writes a value as an ID; returns the error if it is not valid.
    ///
    /// https://spec.graphql.org/September2025/#sec-ID.Result-Coercion
    private func completeID(_ json: JSONDocument, _ node: Int, into output: inout OutputBuffer) -> String? {
        let value = json.value(at: node)
        switch json.node(node).kind {
        case .integer:
            // Copied digit by digit, as a double would round a long number.
            output.append(UInt8(ascii: "\""))
            output.append(contentsOf: json.rawBytes(of: node))
            output.append(UInt8(ascii: "\""))
            return nil
        case .number:
            guard let digits = value.numberValue?.wholeDigits else { break }
            output.appendJSONString(digits)
            return nil
        case .null, .true, .false, .string, .array, .object, .link, .reference: break
        }
        return "ID cannot represent value: \(inspect(value))"
    }
}

extension JSONDocument {
    /// A number, or the result of JavaScript's `Number()` for a boolean or a non-empty string.
    fileprivate func number(convertedFrom node: Int) -> Double? {
        switch self.node(node).kind {
        case .integer, .number: Double(String(decoding: rawBytes(of: node), as: UTF8.self))
        case .string: stringValue(of: node).flatMap { $0.isEmpty ? nil : NumericText.number($0) }
        case .true: 1
        case .false: 0
        case .null, .array, .object, .link, .reference: nil
        }
    }
}
