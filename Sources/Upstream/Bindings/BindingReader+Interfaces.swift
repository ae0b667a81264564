internal import GraphQL

extension BindingReader {
    /// Reports directives on fields of interfaces: an object gets its values from the fields of its own type.
    mutating func checkInterfaces() {
        for type in schema.types where type.kind == .interface {
            for field in type.fields { checkInterface(DeclaredField(definition: field, parent: type)) }
        }
    }

    private mutating func checkInterface(_ field: DeclaredField) {
        for directive in BindingDirective.allCases where directive.source != nil || directive == .cacheControl {
            guard let arguments = field.arguments(of: directive) else { continue }
            // `@json` also names the member by which rows of the interface are sorted.
            if directive == .json, isNamedAlike(field) { continue }
            report(
                "@\(directive.rawValue) of \(field.subject) has no effect, as \"\(field.parent.name)\" is an interface: "
                    + "use it on the field of each type that implements it.",
                arguments.range
            )
        }
    }

    /// Whether a type that implements the interface reads the field from the member that the interface names.
    private func isNamedAlike(_ field: DeclaredField) -> Bool {
        schema.possibleTypes(of: field.parent.id).contains { type in
            guard let own = schema[type].fields[field.definition.name] else { return false }
            return own.readsOwnMember && own.upstreamName == field.definition.upstreamName
        }
    }
}
