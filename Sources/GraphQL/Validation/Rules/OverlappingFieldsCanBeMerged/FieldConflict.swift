/// The reason why two fields with one response key cannot be merged.
struct FieldConflict {
    let responseKey: String
    let reason: String
    /// The first field and those inside it that conflict with some inside the other.
    let fields: [FieldNode]
    /// The other field and those inside it that conflict.
    let otherFields: [FieldNode]

    /// A conflict of the fields themselves.
    init(_ responseKey: String, _ reason: String, _ field: SelectedField, _ other: SelectedField) {
        self.responseKey = responseKey
        self.reason = reason
        fields = [field.node]
        otherFields = [other.node]
    }

    /// Makes a conflict of conflicts between the fields' selections; nil if there are none.
    init?(_ responseKey: String, because inner: [FieldConflict], _ field: SelectedField, _ other: SelectedField) {
        guard !inner.isEmpty else { return nil }
        self.responseKey = responseKey
        reason = inner.map { "subfields \"\($0.responseKey)\" conflict because \($0.reason)" }
            .joined(separator: " and ")
        fields = [field.node] + inner.flatMap(\.fields)
        otherFields = [other.node] + inner.flatMap(\.otherFields)
    }
}
