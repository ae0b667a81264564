/// The types at the current position of the visitor; nil: there are none.
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
    /// The directive around the position; nil: there is none, or the schema lacks it.
    var directive: DirectiveDefinition?
    var argument: InputValueDefinition?
    /// The argument or input field of the value at the position; nil inside a list.
    var inputValue: InputValueDefinition?

    /// Whether a value left out here would be replaced by a default.
    var hasDefaultValue: Bool { inputValue?.defaultValue != nil }
}
