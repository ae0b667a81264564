internal import JSON

/// Labels of deferred fragments and streamed lists are literals, and unique.
///
/// https://github.com/graphql/graphql-spec/pull/1110
final class DeferStreamDirectiveLabel: ValidationRule {
    static let entered: NodeKinds = .directive

    private let context: ValidationContext
    private var known: [ExactString: SourceRange] = [:]

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction {
        guard directive.isIncremental, let label = directive.argument("label") else { return .proceed }
        if case .null = label { return .proceed }
        guard case .string(let text) = label else {
            let name = directive.name.value
            context.report("Argument \"@\(name)(label:)\" must be a static string.", at: directive.range)
            return .proceed
        }
        if let first = known[ExactString(text.value)] {
            context.report(
                "Value for arguments \"defer(label:)\" and \"stream(label:)\" must be unique across all Defer/Stream "
                    + "directive usages.",
                at: first,
                directive.range
            )
        } else {
            known[ExactString(text.value)] = directive.range
        }
        return .proceed
    }
}
