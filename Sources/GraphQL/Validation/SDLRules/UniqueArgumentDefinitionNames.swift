/// Unique argument definition names: a field or directive has no two arguments of the same name.
///
/// https://spec.graphql.org/September2025/#sec-Objects.Type-Validation
final class UniqueArgumentDefinitionNames: ValidationRule {
    static let entered: NodeKinds = [.typeDefinition, .directiveDefinition]

    private let context: ValidationContext

    init(_ context: ValidationContext) {
        self.context = context
    }

    func enter(directiveDefinition node: DirectiveDefinitionNode) -> VisitAction {
        check(node.arguments, of: "@\(node.name.value)")
        return .skip
    }

    func enter(type node: TypeDefinitionNode) -> VisitAction {
        for field in node.members.fields { check(field.arguments, of: "\(node.name.value).\(field.name.value)") }
        return .skip
    }

    private func check(_ arguments: [InputValueDefinitionNode], of coordinate: String) {
        guard arguments.count > 1 else { return }
        for (name, ranges) in rangesByName(arguments.map(\.name)) where ranges.count > 1 {
            context.report("Argument \"\(coordinate)(\(name):)\" can only be defined once.", at: ranges)
        }
    }
}

/// Where each of the names stands, in order of their first appearance.
func rangesByName(_ nodes: [NameNode]) -> [(name: String, ranges: [SourceRange])] {
    var groups: [(name: String, ranges: [SourceRange])] = []
    var positions: [String: Int] = [:]
    for node in nodes {
        if let position = positions[node.value] {
            groups[position].ranges.append(node.range)
        } else {
            positions[node.value] = groups.count
            groups.append((node.value, [node.range]))
        }
    }
    return groups
}
