/// The types at the current position of the walk over a document; nil where there are none.
///
/// The walker keeps it up to date: what an inner node changes, it restores when it leaves the node.
struct TypeInfo {
    /// The named type of the field, operation or fragment around.
    var type: NamedType?
    /// The composite type that the selections around select from.
    var parentType: NamedType?
    /// The type that the schema expects of the value here.
    var inputType: TypeReference?
    /// The `inputType` one level further out.
    var parentInputType: TypeReference?
    /// The field around; also while its arguments, directives and selections are visited.
    var field: FieldDefinition?
    /// The directive around; nil too if the schema has none of that name.
    var directive: DirectiveDefinition?
    var argument: InputValueDefinition?
    /// The argument or input field whose value stands here; nil inside a list.
    var inputValue: InputValueDefinition?

    /// Whether a value left out here would be replaced by a default.
    var hasDefaultValue: Bool { inputValue?.defaultValue != nil }
}
