/// The type of a variable is an input type.
///
/// https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types
final class VariablesAreInputTypes: ValidationRule {
    static let entered: NodeKinds = .variableDefinition

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(variableDefinition: VariableDefinitionNode) -> VisitAction {
        let type = variableDefinition.type
        if let named = context.schema[type.namedType.name.value], !named.isInputType {
            let name = variableDefinition.variable.name.value
            context.report("Variable \"$\(name)\" cannot be non-input type \"\(type.text)\".", at: type.range)
        }
        return .skip
    }
}
