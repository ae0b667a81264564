package import JSON

extension JSONDocument {
    /// The contents of a string, or the text of a number or boolean; nil for null, arrays and objects.
    ///
    /// A whole number has the same text in every notation, so that `7.0` and `7` are one key; other numbers have the upstream's digits.
    func scalarText(of index: Int) -> String? {
        let node = resolve(index)
        switch self.node(node).kind {
        case .string: return stringValue(of: node)
        case .number:
            let text = String(decoding: rawBytes(of: node), as: UTF8.self)
            return JSONNumber(text: text)?.wholeText ?? text
        case .integer, .true, .false: return String(decoding: rawBytes(of: node), as: UTF8.self)
        case .null, .array, .object, .link, .reference: return nil
        }
    }
}

extension JSONValue {
    /// The text of a scalar, of a number the digits with which it was written; nil for null, arrays and objects.
    package var scalarText: String? {
        switch self {
        case .null, .object, .array: nil
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.text
        case .string(let text): text
        }
    }

    /// The text of a scalar with which keys and members of objects are compared: `JSONDocument.scalarText(of:)` of the same value.
    var comparedText: String? {
        if case .number(let number) = self { return number.wholeText ?? number.text }
        return scalarText
    }
}
