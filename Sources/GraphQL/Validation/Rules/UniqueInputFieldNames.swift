/// An input object has no two fields with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness
final class UniqueInputFieldNames: ValidationRule {
    static let entered: NodeKinds = [.object, .objectField]
    static let left: NodeKinds = .object

    private let context: ValidationContext
    /// Fields given so far, by object from the outermost to the innermost; nil for an object that repeats none.
    private var known: [[String: SourceRange]?] = []

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(value: ValueNode) -> VisitAction {
        guard case .object(let fields, _) = value else { return .proceed }
        known.append(fields.count > 1 && fields.map(\.name).hasRepetition ? [:] : nil)
        return .proceed
    }

    func leave(object: ValueNode) {
        known.removeLast()
    }

    func enter(objectField: ObjectFieldNode) -> VisitAction {
        let name = objectField.name
        let innermost = known.count - 1
        guard let fields = known[innermost] else { return .proceed }
        if let first = fields[name.value] {
            context.report("There can be only one input field named \"\(name.value)\".", at: first, name.range)
        } else {
            known[innermost]?[name.value] = name.range
        }
        return .proceed
    }
}
