/// The use of a variable and what the schema expects there.
package struct VariableUsage {
    package let node: VariableNode
    /// The index of the variable's name in `ValidationContext`.
    let ordinal: Int
    package let type: TypeReference?
    /// Whether a default applies if the variable is absent.
    package let hasDefaultValue: Bool
    /// The type of the value around, such as an input object of whose field the variable is the value.
    package let parentType: TypeReference?

    init(_ node: VariableNode, ordinal: Int, at info: TypeInfo) {
        self.node = node
        self.ordinal = ordinal
        type = info.inputType
        hasDefaultValue = info.hasDefaultValue
        parentType = info.parentInputType
    }
}
