/// Directives are given all arguments that they must have.
///
/// https://spec.graphql.org/September2025/#sec-Required-Arguments
final class ProvidedRequiredArgumentsOnDirectives: ValidationRule {
    static let entered: NodeKinds = []
    static let left: NodeKinds = .directive

    private let context: ValidationContext
    private let directives: DirectiveLookup

    init(_ context: ValidationContext) {
        self.context = context
        directives = DirectiveLookup(context)
    }

    func leave(directive: DirectiveNode) {
        guard let known = directives[directive.name.value] else { return }
        for argument in known.requiredArguments(in: context.schema) {
            if directive.arguments.contains(where: { $0.name.value == argument.name }) { continue }
            context.report(
                "Directive \"@\(directive.name.value)\" argument \"\(argument.name)\" of type \"\(argument.type)\""
                    + " is required, but it was not provided.",
                at: directive.range
            )
        }
    }
}
