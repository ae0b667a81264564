internal import GraphQL
internal import JSON

/// The members of an object's JSON that the fields selected on it read.
struct SelectedMembers {
    let keys: [JSONKey]

    /// Finds what the selection set of a field reads of each object, or only of those of one type.
    init(of field: PlanFieldID, in plan: Plan, table: BindingTable, type: TypeID? = nil) {
        var found: [JSONKey] = []
        if let selection = plan[field].selection { Self.collect(selection, plan, table, type: type, into: &found) }
        keys = found
    }

    /// Which of them an object lacks.
    func missing(in document: SourceDocument, at node: Int) -> [JSONKey] {
        keys.filter { document.json.member($0, of: node) == nil }
    }

    private static func collect(
        _ selection: PlanSelectionID,
        _ plan: Plan,
        _ table: BindingTable,
        type: TypeID? = nil,
        into found: inout [JSONKey]
    ) {
        let variant = type.flatMap { plan[selection].variantOfType[$0] }
        let variants = variant.map { [plan[selection].variants[$0]] } ?? plan[selection].variants
        for id in variants.flatMap(\.fields) {
            let field = plan[id]
            switch field.source {
            case .member(let key): add(key, to: &found)
            case .bound(let binding):
                for key in table.kind(of: binding).parentMembers { add(key, to: &found) }
            case .memberNamed(let argument):
                // Only the execution knows the value of a variable.
                if case .constant(let values) = field.arguments, case .string(let name)? = values[argument] {
                    add(JSONKey(name), to: &found)
                }
            case .parent:
                if let inner = field.selection { collect(inner, plan, table, into: &found) }
            case .memberByDeprecation, .typename, .introspectionSchema, .introspectionType:
                break
            }
        }
    }

    private static func add(_ key: JSONKey, to found: inout [JSONKey]) {
        if !found.contains(key) { found.append(key) }
    }
}
