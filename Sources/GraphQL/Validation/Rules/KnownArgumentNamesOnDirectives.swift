/// Directives are given only arguments that they have.
///
/// https://spec.graphql.org/September2025/#sec-Argument-Names
final class KnownArgumentNamesOnDirectives: ValidationRule {
    static let entered: NodeKinds = .directive

    private let context: ValidationContext
    private let directives: DirectiveLookup

    init(_ context: ValidationContext) {
        self.context = context
        directives = DirectiveLookup(context)
    }

    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction {
        guard !directive.arguments.isEmpty, let known = directives[directive.name.value] else { return .skip }
        let names = known.argumentNames
        for argument in directive.arguments where !names.contains(argument.name.value) {
            let name = argument.name.value
            let suggestions = didYouMean(suggestionList(name, names))
            context.report(
                "Unknown argument \"\(name)\" on directive \"@\(directive.name.value)\".\(suggestions)",
                at: argument.range
            )
        }
        return .skip
    }
}
