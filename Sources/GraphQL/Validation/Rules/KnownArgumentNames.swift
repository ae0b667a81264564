/// Fields and directives are given only arguments that they have.
///
/// https://spec.graphql.org/September2025/#sec-Argument-Names
final class KnownArgumentNames: ValidationRule {
    static let entered: NodeKinds = [.argument, .directive]

    private let context: ValidationContext
    private lazy var onDirectives = KnownArgumentNamesOnDirectives(context)

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(argument: ArgumentNode) -> VisitAction {
        guard context.typeInfo.argument == nil, let field = context.typeInfo.field,
            let parent = context.typeInfo.parentType
        else { return .proceed }
        let name = argument.name.value
        let suggestions = didYouMean(suggestionList(name, field.arguments.names))
        context.report(
            "Unknown argument \"\(name)\" on field \"\(parent.name).\(field.name)\".\(suggestions)",
            at: argument.range
        )
        return .proceed
    }

    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction {
        onDirectives.enter(directive: directive, at: location)
    }
}
