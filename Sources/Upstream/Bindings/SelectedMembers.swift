internal import GraphQL
internal import JSON

/// The members of an object's JSON that the fields selected on it read.
struct SelectedMembers {
    private(set) var keys: [JSONKey] = []
    /// Whether a field shows the object itself, with all that it has, or a member whose name is not known yet.
    private(set) var showsEverything = false

    /// Finds what the selection set of a field reads of each object, or only of those of one type.
    init(of field: PlanFieldID, in plan: Plan, table: BindingTable, type: TypeID? = nil) {
        if let selection = plan[field].selection { collect(selection, plan, table, type: type) }
    }

    /// The members that an object must have which is looked up by its key, or was written: all of them, where that is shown.
    var keysOfSingleObject: [JSONKey] { showsEverything ? keys + [IncompleteObject.everything] : keys }

    /// Which of them an object lacks.
    func missing(in document: SourceDocument, at node: Int) -> [JSONKey] {
        keys.filter { document.json.member($0, of: node) == nil }
    }

    private mutating func collect(
        _ selection: PlanSelectionID,
        _ plan: Plan,
        _ table: BindingTable,
        type: TypeID? = nil
    ) {
        let variant = type.flatMap { plan[selection].variantOfType[$0] }
        let variants = variant.map { [plan[selection].variants[$0]] } ?? plan[selection].variants
        for id in variants.flatMap(\.fields) {
            let field = plan[id]
            switch field.source {
            case .member(let key): add(key)
            case .bound(let binding):
                for key in table.kind(of: binding).parentMembers { add(key) }
                if table.kind(of: binding).showsParent { showsEverything = true }
            case .memberNamed(let argument):
                // Only the execution knows the value of a variable.
                guard case .constant(let values) = field.arguments else {
                    showsEverything = true
                    continue
                }
                if case .string(let name)? = values[argument] { add(JSONKey(name)) }
            case .parent:
                if let inner = field.selection { collect(inner, plan, table) } else { showsEverything = true }
            case .memberByDeprecation, .typename, .introspectionSchema, .introspectionType:
                break
            }
        }
    }

    private mutating func add(_ key: JSONKey) {
        if !keys.contains(key) { keys.append(key) }
    }
}
