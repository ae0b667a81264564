extension SchemaPrinter {
    /// The fields of an object or interface type, in braces.
    func fields(of type: NamedType) -> String {
        block(
            type.fields.enumerated().map { index, field in
                description(field.description, indentation: "  ", isFirst: index == 0) + "  \(field.name)"
                    + text(of: field.arguments, indentation: "  ") + ": \(schema.text(of: field.type))"
                    + directives(field.directives, deprecationReason: field.deprecationReason)
            }
        )
    }

    /// The values of an enum, in braces.
    func values(of type: NamedType) -> String {
        block(
            type.values.enumerated().map { index, value in
                description(value.description, indentation: "  ", isFirst: index == 0) + "  \(value.name)"
                    + directives(value.directives, deprecationReason: value.deprecationReason)
            }
        )
    }

    /// The fields of an input object type, in braces.
    func inputFields(of type: NamedType) -> String {
        block(
            type.inputFields.enumerated().map { index, field in
                description(field.description, indentation: "  ", isFirst: index == 0) + "  \(text(of: field))"
            }
        )
    }

    /// Arguments in parentheses: on one line, or on a line each if one of them is described.
    func text(of arguments: DefinitionMap<InputValueDefinition>, indentation: String) -> String {
        if arguments.isEmpty { return "" }
        guard arguments.contains(where: { $0.description?.isEmpty == false }) else {
            return "(\(arguments.map(text).joined(separator: ", ")))"
        }
        let inner = indentation + "  "
        let lines = arguments.enumerated().map { index, argument in
            description(argument.description, indentation: inner, isFirst: index == 0) + inner + text(of: argument)
        }
        return "(\n\(lines.joined(separator: "\n"))\n\(indentation))"
    }

    private func text(of value: InputValueDefinition) -> String {
        var text = "\(value.name): \(schema.text(of: value.type))"
        let defaultValue = style == .bound ? value.defaultValue : schema.defaultLiteral(of: value)
        if let defaultValue { text += " = \(defaultValue.text)" }
        return text + directives(value.directives, deprecationReason: value.deprecationReason)
    }

    private func block(_ items: [String]) -> String {
        items.isEmpty ? "" : " {\n\(items.joined(separator: "\n"))\n}"
    }

    /// A description with the line break after it; one that is not the first of its block gets an empty line before it.
    func description(_ description: String?, indentation: String = "", isFirst: Bool = true) -> String {
        guard let description else { return "" }
        let text = BlockString.canHold(description) ? BlockString.text(of: description) : StringNode.quoted(description)
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let prefix = indentation.isEmpty || isFirst ? "" : "\n"
        return prefix + indentation + lines.map { String(Substring($0)) }.joined(separator: "\n" + indentation) + "\n"
    }
}

// MARK: - Applied directives

extension SchemaPrinter {
    /// Applied directives, if they are printed at all.
    func applied(_ directives: [DirectiveNode]) -> String {
        style == .bound ? directives.map { " \($0.text)" }.joined() : ""
    }

    /// The directives of a field, an enum value or an input value.
    private func directives(_ directives: [DirectiveNode], deprecationReason: String?) -> String {
        if style == .bound { return applied(directives) }
        guard let deprecationReason else { return "" }
        return deprecationReason == BuiltInDirectives.defaultDeprecationReason
            ? " @deprecated" : " @deprecated(reason: \(StringNode.quoted(deprecationReason)))"
    }

    /// The specification's directives that a type has, made from what they mean.
    func specifiedDirectives(of type: NamedType) -> String {
        if let url = type.specifiedByURL { return " @specifiedBy(url: \(StringNode.quoted(url)))" }
        return type.isOneOf ? " @oneOf" : ""
    }
}
