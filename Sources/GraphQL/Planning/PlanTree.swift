/// The nodes of a plan while it is made.
package struct PlanTree: Sendable {
    private(set) var fields: [PlanField] = []
    private(set) var selections: [PlanSelection] = []
    private(set) var fieldsWithVariables: [PlanFieldID] = []
    private(set) var usesIntrospection = false
    /// The parts of a response in parts.
    private(set) var parts: [PlanPart] = []
    /// The fields that continue lists, by those that begin them.
    private(set) var continuations: [PlanFieldID: PlanFieldID] = [:]
    /// Whether the arguments of a `@defer` or `@stream` are invalid, so that its field fails.
    private(set) var hasInvalidPart = false

    init() {}

    /// Adds a field.
    mutating func append(_ field: PlanField) -> PlanFieldID {
        let id = PlanFieldID(index: fields.count)
        fields.append(field)
        if let continued = field.position.continued { continuations[continued] = id }
        if case .variable = field.arguments { fieldsWithVariables.append(id) }
        switch field.source {
        case .introspectionSchema, .introspectionType: usesIntrospection = true
        case .member, .memberByDeprecation, .memberNamed, .parent, .bound, .typename: break
        }
        return id
    }

    /// Records that the arguments of a `@defer` or `@stream` are invalid.
    mutating func noteInvalidPart() { hasInvalidPart = true }

    /// Adds a part; returns its index.
    mutating func append(_ part: PlanPart) -> Int {
        parts.append(part)
        return parts.count - 1
    }

    /// Adds a selection.
    mutating func append(_ selection: PlanSelection) -> PlanSelectionID {
        selections.append(selection)
        return PlanSelectionID(index: selections.count - 1)
    }
}
