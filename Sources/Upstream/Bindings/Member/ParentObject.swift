internal import GraphQL

/// `@self`: the field is its parent's object itself.
enum ParentObject: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        reader.setSource(.parent, of: field.key)
    }
}
