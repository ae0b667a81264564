internal import GraphQL

/// `@member`: the field reads the member that one of its arguments names.
enum NamedMember: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        let name = arguments.string("namedBy") ?? ""
        guard let argument = field.definition.arguments[name], argument.type.isNonNull else {
            reader.report(
                "@member of \(field.subject) needs a non-null argument \"\(name)\" that names the member.",
                arguments.range
            )
            return
        }
        let type = reader.schema.namedType(of: argument.type)
        guard argument.type.listItem == nil, type.hasTextValues else {
            let found = reader.schema.text(of: argument.type)
            reader.report(
                "@member of \(field.subject) needs an argument \"\(name)\" that is a name, and \"\(found)\" is none: "
                    + "use \"String!\".",
                arguments.range
            )
            return
        }
        // The upstream names of an enum's values are for its URLs and bodies.
        if let value = type.values.first(where: { $0.hasOtherName }) {
            reader.report(
                "@member of \(field.subject) reads the member with the name of an enum value, and @json gives "
                    + "\"\(type.name).\(value.name)\" another one: use \"String!\", or an enum without @json.",
                arguments.range
            )
            return
        }
        reader.setSource(.memberNamed(argument: name), of: field.key)
    }
}

extension EnumValueDefinition {
    /// Whether `@json` gives the value another name than its own.
    fileprivate var hasOtherName: Bool {
        DirectiveArguments(.json, in: directives)?.string("name").map { $0 != name } ?? false
    }
}
