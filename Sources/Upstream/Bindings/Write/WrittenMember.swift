internal import GraphQL
internal import JSON

/// `@written`: the field shows a part of a write's response.
enum WrittenMember: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        guard let view = arguments.string("view"), let member = WriteBinding.PayloadMember(rawValue: view) else {
            reader.report("@written of \(field.subject) has a view that is neither OBJECT nor KEY.", arguments.range)
            return
        }
        reader.setSource(.member(JSONKey(member.rawValue)), of: field.key)
    }
}
