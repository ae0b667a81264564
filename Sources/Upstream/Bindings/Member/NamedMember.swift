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
        reader.setSource(.memberNamed(argument: name), of: field.key)
    }
}
