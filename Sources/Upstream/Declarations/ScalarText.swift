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
    /// The text for a template's variable: that of a scalar, or those of a list's items joined with commas; nil: undefined, like a list
    /// without items.
    ///
    /// https://www.rfc-editor.org/rfc/rfc6570#section-2.3
    package var scalarText: String? {
        switch self {
        case .null, .object: nil
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.text
        case .string(let text): text
        case .array(let items): Self.joined(items.compactMap(\.scalarText))
        }
    }

    private static func joined(_ texts: [String]) -> String? {
        texts.isEmpty ? nil : texts.joined(separator: ",")
    }
}
