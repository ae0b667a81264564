internal import GraphQL
internal import JSON

/// `@json`: the field reads a member of another name.
enum RenamedMember: ValueSource {
    static let readsOwnMember = true

    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        guard let name = arguments.string("name") else { return }
        reader.setSource(.member(JSONKey(name)), of: field.key)
    }
}
