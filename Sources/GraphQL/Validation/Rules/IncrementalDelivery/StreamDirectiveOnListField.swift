/// Only lists are streamed.
///
/// https://github.com/graphql/graphql-spec/pull/1110
final class StreamDirectiveOnListField: ValidationRule {
    static let entered: NodeKinds = .directive

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction {
        guard directive.name.value == DirectiveNode.stream, location == .field, let field = context.typeInfo.field,
            let parent = context.typeInfo.parentType, field.type.listItem == nil
        else { return .proceed }
        context.report(
            "Directive \"@stream\" cannot be used on non-list field \"\(parent.name).\(field.name)\".",
            at: directive.range
        )
        return .proceed
    }
}
