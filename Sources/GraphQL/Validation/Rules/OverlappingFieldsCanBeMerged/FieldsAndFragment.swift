/// Collected fields and a fragment by name.
struct FieldsAndFragment: Hashable {
    private let fields: ObjectIdentifier
    private let fragment: String

    init(_ fields: FieldCollection, _ fragment: String) {
        self.fields = ObjectIdentifier(fields)
        self.fragment = fragment
    }
}
