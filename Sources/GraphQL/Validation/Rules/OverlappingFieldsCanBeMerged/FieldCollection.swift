/// The fields of a selection set by response key, inline fragments opened, and the fragments that it spreads.
final class FieldCollection {
    /// Fields of one response key, in order.
    struct Group {
        let responseKey: String
        var fields: [SelectedField]
    }

    /// In order of each response key's first field.
    private(set) var groups: [Group] = []
    /// The names of spread fragments, each once.
    private(set) var fragmentNames: [String] = []
    private var ordinals: [String: Int] = [:]
    private var knownNames: Set<String> = []

    init(_ selectionSet: SelectionSetNode, parent: NamedType?, schema: Schema) {
        collect(selectionSet, parent: parent, schema: schema)
    }

    /// The fields of a response key.
    subscript(responseKey: String) -> [SelectedField]? {
        ordinals[responseKey].map { groups[$0].fields }
    }

    private func collect(_ selectionSet: SelectionSetNode, parent: NamedType?, schema: Schema) {
        for selection in selectionSet.selections {
            switch selection {
            case .field(let node): add(SelectedField(node, parent: parent))
            case .fragmentSpread(let node):
                if knownNames.insert(node.name.value).inserted { fragmentNames.append(node.name.value) }
            case .inlineFragment(let node):
                let type = node.typeCondition.map { schema[$0.name.value] } ?? parent
                collect(node.selectionSet, parent: type, schema: schema)
            }
        }
    }

    private func add(_ field: SelectedField) {
        let key = field.node.responseKey.value
        if let known = ordinals[key] {
            groups[known].fields.append(field)
        } else {
            ordinals[key] = groups.count
            groups.append(Group(responseKey: key, fields: [field]))
        }
    }
}
