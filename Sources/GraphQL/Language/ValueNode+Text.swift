// Prints nodes on one line, as graphql-js's `print` does. Only block strings have line breaks.

extension ValueNode {
    /// The value as GraphQL text.
    ///
    /// https://spec.graphql.org/September2025/#Value
    package var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// Appends the value as GraphQL text.
    func write(to text: inout String) {
        switch self {
        case .variable(let node): text += "$\(node.name.value)"
        case .int(let digits, _), .float(let digits, _): text += digits
        case .string(let node): text += node.text
        case .boolean(let value, _): text += value ? "true" : "false"
        case .null: text += "null"
        case .enumeration(let name, _): text += name
        case .list(let values, _):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += ", " }
                value.write(to: &text)
            }
            text += "]"
        case .object(let fields, _):
            text += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { text += ", " }
                text += "\(field.name.value): "
                field.value.write(to: &text)
            }
            text += "}"
        }
    }
}

extension TypeNode {
    /// The reference as GraphQL text, such as `[Name!]`.
    ///
    /// https://spec.graphql.org/September2025/#Type
    package var text: String {
        switch self {
        case .named(let node): node.name.value
        case .list(let item, _): "[\(item.text)]"
        case .nonNull(let item, _): "\(item.text)!"
        }
    }
}

extension StringNode {
    /// The string in quotes, or in triple quotes if it is a block string.
    package var text: String { isBlock ? BlockString.text(of: value) : Self.quoted(value) }

    /// A string in quotes, control characters escaped.
    ///
    /// https://spec.graphql.org/September2025/#StringValue
    package static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\t": text += "\\t"
            case "\n": text += "\\n"
            case "\u{C}": text += "\\f"
            case "\r": text += "\\r"
            case "\u{0}"..."\u{F}": text += "\\u000" + String(scalar.value, radix: 16, uppercase: true)
            case "\u{10}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                text += "\\u00" + String(scalar.value, radix: 16, uppercase: true)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension ArgumentNode {
    /// The argument as GraphQL text.
    ///
    /// https://spec.graphql.org/September2025/#Argument
    package var text: String { "\(name.value): \(value.text)" }
}

extension DirectiveNode {
    /// The directive as GraphQL text.
    ///
    /// https://spec.graphql.org/September2025/#Directive
    package var text: String {
        let list = arguments.map(\.text).joined(separator: ", ")
        return arguments.isEmpty ? "@\(name.value)" : "@\(name.value)(\(list))"
    }
}
