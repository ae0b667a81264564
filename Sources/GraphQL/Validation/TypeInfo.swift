/// What the schema says of the place where the walk over a document stands; nil where it says nothing.
///
/// The walker keeps it up to date: what an inner node changes, it restores when it leaves the node.
package struct TypeInfo {
    /// The named type of the field, operation or fragment around.
    package internal(set) var type: NamedType?
    /// The composite type that the selections around select from.
    package internal(set) var parentType: NamedType?
    /// The type that the schema expects of the value here.
    package internal(set) var inputType: TypeReference?
    /// What `inputType` was one level further out.
    package internal(set) var parentInputType: TypeReference?
    /// The field around; also while its arguments, directives and selections are visited.
    package internal(set) var field: FieldDefinition?
    /// The directive around; nil too if the schema has none of that name.
    package internal(set) var directive: DirectiveDefinition?
    package internal(set) var argument: InputValueDefinition?
    /// The argument or input field whose value stands here; nil inside a list.
    package internal(set) var inputValue: InputValueDefinition?

    /// Whether a value left out here would be replaced by a default.
    package var hasDefaultValue: Bool { inputValue?.defaultValue != nil }
}
