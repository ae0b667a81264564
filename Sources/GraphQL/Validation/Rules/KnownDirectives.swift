/// Directives are defined, and applied at allowed locations.
///
/// https://spec.graphql.org/September2025/#sec-Directives-Are-Defined
final class KnownDirectives: ValidationRule {
    static let entered: NodeKinds = .directive

    private let context: ValidationContext
    private let directives: DirectiveLookup

    init(_ context: ValidationContext) {
        self.context = context
        directives = DirectiveLookup(context)
    }

    func enter(directive: DirectiveNode, at location: DirectiveLocation) -> VisitAction {
        let name = directive.name.value
        if let known = directives[name] {
            if !known.isAllowed(at: location) {
                context.report("Directive \"@\(name)\" may not be used on \(location.rawValue).", at: directive.range)
            }
        } else {
            context.report("Unknown directive \"@\(name)\".", at: directive.range)
        }
        return .proceed
    }
}
