/// One object that a selection set applies to.
struct Row: Sendable {
    let value: ValueReference
    /// The variant of the selection for the object's concrete type; -1 if its type is unknown.
    let variant: Int32
}
