/// Fields of composite types have selections, those of scalars and enums have none.
///
/// https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections
final class ScalarLeafs: ValidationRule {
    static let entered: NodeKinds = .field

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(field: FieldNode) -> VisitAction {
        guard let type = context.typeInfo.type, let definition = context.typeInfo.field else { return .proceed }
        if type.isLeaf == (field.selectionSet == nil) { return .proceed }
        let name = field.name.value
        let text = context.schema.text(of: definition.type)
        if let selectionSet = field.selectionSet {
            context.report(
                "Field \"\(name)\" must not have a selection since type \"\(text)\" has no subfields.",
                at: selectionSet.range
            )
        } else {
            context.report(
                "Field \"\(name)\" of type \"\(text)\" must have a selection of subfields."
                    + " Did you mean \"\(name) { ... }\"?",
                at: field.range
            )
        }
        return .proceed
    }
}
