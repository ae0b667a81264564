/// Possible type extensions: the extended type is defined, and of the kind of the extension.
///
/// https://spec.graphql.org/September2025/#sec-Type-Extensions
final class PossibleTypeExtensions: ValidationRule {
    static let entered: NodeKinds = .typeDefinition

    private let context: ValidationContext
    private var definitions: [String: TypeDefinitionNode] = [:]
    private var names: [String] = []

    init(_ context: ValidationContext) {
        self.context = context
        for case .type(let node) in context.document.definitions where !node.isExtension {
            if definitions.updateValue(node, forKey: node.name.value) == nil { names.append(node.name.value) }
        }
    }

    func enter(type node: TypeDefinitionNode) -> VisitAction {
        guard node.isExtension else { return .skip }
        let name = node.name.value
        let definition = definitions[name]
        if let kind = definition?.kind ?? context.extendedSchema?[name]?.kind {
            if kind != node.kind {
                context.report(
                    "Cannot extend non-\(node.kind.title) type \"\(name)\".",
                    at: (definition.map { [$0.range] } ?? []) + [node.range]
                )
            }
        } else {
            let schema = context.extendedSchema
            let known = names + (schema?.visibleTypes.compactMap { schema?[$0].name } ?? [])
            context.report(
                "Cannot extend type \"\(name)\" because it is not defined." + didYouMean(suggestionList(name, known)),
                at: node.name.range
            )
        }
        return .skip
    }
}

extension TypeKind {
    /// The kind as a word of an error message.
    fileprivate var title: String {
        switch self {
        case .scalar: "scalar"
        case .object: "object"
        case .interface: "interface"
        case .union: "union"
        case .enumeration: "enum"
        case .inputObject: "input object"
        }
    }
}
