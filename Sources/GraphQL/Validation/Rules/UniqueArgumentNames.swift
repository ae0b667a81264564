/// A field or directive has no two arguments with the same name.
///
/// https://spec.graphql.org/September2025/#sec-Argument-Uniqueness
final class UniqueArgumentNames: ValidationRule {
    static let entered: NodeKinds = [.field, .directive]

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(field: FieldNode) -> VisitAction {
        check(field.arguments)
        return .proceed
    }

    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction {
        check(directive.arguments)
        return .proceed
    }

    private func check(_ arguments: [ArgumentNode]) {
        guard arguments.count > 1 else { return }
        for names in arguments.map(\.name).repeated {
            context.report("There can be only one argument named \"\(names[0].value)\".", at: names.map(\.range))
        }
    }
}
