/// Fields and directives are given all arguments that they must have.
///
/// https://spec.graphql.org/September2025/#sec-Required-Arguments
final class ProvidedRequiredArguments: ValidationRule {
    static let entered: NodeKinds = []
    static let left: NodeKinds = [.field, .directive]

    private let context: ValidationContext
    private lazy var onDirectives = ProvidedRequiredArgumentsOnDirectives(context)

    init(_ context: ValidationContext) {
        self.context = context
    }

    func leave(field: FieldNode) {
        guard let definition = context.typeInfo.field, !definition.arguments.isEmpty else { return }
        for argument in definition.arguments where argument.isRequired {
            if field.arguments.contains(where: { $0.name.value == argument.name }) { continue }
            let type = context.schema.text(of: argument.type)
            context.report(
                "Field \"\(definition.name)\" argument \"\(argument.name)\" of type \"\(type)\" is required,"
                    + " but it was not provided.",
                at: field.range
            )
        }
    }

    func leave(directive: DirectiveNode) {
        onDirectives.leave(directive: directive)
    }
}
