internal import GraphQL
internal import JSON

extension ReadMembers {
    /// Collects the members that the selection set of a field reads of each object, or only of objects of one type.
    init(of field: PlanFieldID, in plan: Plan, table: BindingTable, type: TypeID? = nil) {
        self.init()
        if let selection = plan[field].selection { collect(selection, plan, table, type: type) }
    }

    private mutating func collect(
        _ selection: PlanSelectionID,
        _ plan: Plan,
        _ table: BindingTable,
        type: TypeID? = nil,
        within path: [JSONKey] = []
    ) {
        let variant = type.flatMap { plan[selection].variantOfType[$0] }
        let variants = variant.map { [plan[selection].variants[$0]] } ?? plan[selection].variants
        for id in variants.flatMap(\.fields) {
            let field = plan[id]
            switch field.source {
            case .member(let key):
                add(key, within: path)
                // An object of an abstract type may lack members that only objects of other types have.
                if let inner = field.selection, plan[inner].isConcrete, !table.hasOpenMembers(plan[inner].type) {
                    collect(inner, plan, table, within: path + [key])
                }
            case .bound(let binding):
                for key in table.kind(of: binding).parentMembers { add(key, within: path) }
                if path.isEmpty, table.kind(of: binding).showsParent { showsEverything = true }
            case .memberNamed(let argument):
                // The value of a variable is unknown before execution.
                guard case .constant(let values) = field.arguments else {
                    showsEverything = true
                    continue
                }
                if case .string(let name)? = values[argument] { add(JSONKey(name), within: path) }
            case .parent:
                if let inner = field.selection {
                    collect(inner, plan, table, within: path)
                } else if path.isEmpty {
                    showsEverything = true
                }
            case .memberByDeprecation, .typename, .introspectionSchema, .introspectionType:
                break
            }
        }
    }
}
