/// Literals are valid for the types at their positions.
///
/// https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type
final class ValuesOfCorrectType: ValidationRule {
    static let entered: NodeKinds = [
        .int, .float, .string, .boolean, .null, .enumeration, .list, .object, .objectField,
    ]

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(value: ValueNode) -> VisitAction {
        guard let expected = context.typeInfo.inputType else { return .proceed }
        switch value {
        case .variable: return .proceed
        case .null(let range):
            if expected.isNonNull { reportMismatch(value, expected, range) }
            return .proceed
        case .list:
            if context.typeInfo.parentInputType?.listItem != nil { return .proceed }
            checkLeaf(value, expected)
            return .skip
        case .object(let fields, let range):
            let type = context.schema.namedType(of: expected)
            guard type.kind == .inputObject else {
                checkLeaf(value, expected)
                return .skip
            }
            checkFields(fields, at: range, of: type)
            return .proceed
        case .int, .float, .string, .boolean, .enumeration:
            checkLeaf(value, expected)
            return .proceed
        }
    }

    func enter(objectField: ObjectFieldNode) -> VisitAction {
        guard context.typeInfo.inputType == nil, let outer = context.typeInfo.parentInputType else { return .proceed }
        let type = context.schema.namedType(of: outer)
        if type.kind == .inputObject {
            let name = objectField.name.value
            let suggestions = didYouMean(suggestionList(name, type.inputFields.names))
            context.report(
                "Field \"\(name)\" is not defined by type \"\(type.name)\".\(suggestions)",
                at: objectField.range
            )
        }
        return .proceed
    }

    /// Checks a value that is to be a scalar or an enum value.
    private func checkLeaf(_ value: ValueNode, _ expected: TypeReference) {
        let type = context.schema.namedType(of: expected)
        guard type.isLeaf else { return reportMismatch(value, expected, value.range) }
        // Custom scalars accept any value.
        if type.kind == .scalar, !BuiltInTypes.isSpecifiedScalar(type.id) { return }
        do throws(CoercionError) {
            _ = try type.coerceLeaf(value)
        } catch {
            context.report(error.message, at: value.range)
        }
    }

    /// Checks which fields are given; each field's value is visited by itself.
    ///
    /// https://spec.graphql.org/September2025/#sec-Input-Object-Required-Fields
    private func checkFields(_ fields: [ObjectFieldNode], at range: SourceRange, of type: NamedType) {
        var given: [String: ValueNode] = [:]
        for field in fields { given[field.name.value] = field.value }
        for field in type.inputFields where field.isRequired && given[field.name] == nil {
            let text = context.schema.text(of: field.type)
            context.report(
                "Field \"\(type.name).\(field.name)\" of required type \"\(text)\" was not provided.",
                at: range
            )
        }
        if type.isOneOf { checkOneOf(given, at: range, of: type) }
    }

    /// Checks that one field is given, and that it is not null; variables are another rule's matter.
    ///
    /// https://spec.graphql.org/September2025/#sec-OneOf-Input-Objects
    private func checkOneOf(_ given: [String: ValueNode], at range: SourceRange, of type: NamedType) {
        guard given.count == 1, let (name, value) = given.first else {
            context.report("OneOf Input Object \"\(type.name)\" must specify exactly one key.", at: range)
            return
        }
        if case .null = value { context.report("Field \"\(type.name).\(name)\" must be non-null.", at: range) }
    }

    private func reportMismatch(_ value: ValueNode, _ expected: TypeReference, _ range: SourceRange) {
        let text = context.schema.text(of: expected)
        context.report("Expected value of type \"\(text)\", found \(value.text).", at: range)
    }
}
