/// A document to be executed only has operations and fragments.
///
/// https://spec.graphql.org/September2025/#sec-Executable-Definitions
final class ExecutableDefinitions: ValidationRule {
    static let entered: NodeKinds = .document

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(document: Document) -> VisitAction {
        for definition in document.definitions {
            let name: String
            switch definition {
            case .operation, .fragment: continue
            case .schema: name = "schema"
            case .type(let node): name = "\"\(node.name.value)\""
            case .directive(let node): name = "\"\(node.name.value)\""
            }
            context.report("The \(name) definition is not executable.", at: definition.range)
        }
        return .skip
    }
}
