package import JSON

/// The index of a field in its plan.
package struct PlanFieldID: Sendable, Hashable {
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}

/// An operation laid out for execution: a tree of fields in one array, every decision that needs no data already made.
///
/// Conditions of `@skip` and `@include` are decided too, so one operation has a plan for each combination of the
/// Boolean variables that its conditions use.
package final class Plan: Sendable {
    package let executable: ExecutableSchema
    package let operation: OperationType
    package let source: Source
    package let fields: [PlanField]
    package let selections: [PlanSelection]
    /// The root selection set; its parent is the root value.
    package let root: PlanSelectionID
    /// Fields whose arguments use variables, coerced once at the start of an execution.
    package let fieldsWithVariables: [PlanFieldID]
    /// Whether any field asks for the schema.
    package let usesIntrospection: Bool
    /// The same as plain numbers.
    let steps: PlanSteps

    package init(
        executable: ExecutableSchema,
        operation: OperationType,
        source: Source,
        tree: PlanTree,
        root: PlanSelectionID
    ) {
        self.executable = executable
        self.operation = operation
        self.source = source
        self.root = root
        fields = tree.fields
        selections = tree.selections
        fieldsWithVariables = tree.fieldsWithVariables
        usesIntrospection = tree.usesIntrospection
        steps = PlanSteps(tree, executable: executable)
    }

    package subscript(id: PlanFieldID) -> PlanField { fields[id.index] }
    package subscript(id: PlanSelectionID) -> PlanSelection { selections[id.index] }
}

/// The nodes of a plan while it is made.
package struct PlanTree: Sendable {
    private(set) var fields: [PlanField] = []
    private(set) var selections: [PlanSelection] = []
    private(set) var fieldsWithVariables: [PlanFieldID] = []
    private(set) var usesIntrospection = false

    init() {}

    /// Adds a field.
    mutating func append(_ field: PlanField) -> PlanFieldID {
        let id = PlanFieldID(index: fields.count)
        fields.append(field)
        if case .variable = field.arguments { fieldsWithVariables.append(id) }
        switch field.source {
        case .introspectionSchema, .introspectionType: usesIntrospection = true
        case .member, .memberByDeprecation, .memberNamed, .parent, .bound, .typename: break
        }
        return id
    }

    /// Adds a selection.
    mutating func append(_ selection: PlanSelection) -> PlanSelectionID {
        selections.append(selection)
        return PlanSelectionID(index: selections.count - 1)
    }
}

/// The index of a selection set in its plan.
package struct PlanSelectionID: Sendable, Hashable {
    package let index: Int

    package init(index: Int) {
        self.index = index
    }
}

/// One field of a plan: all field nodes of one response key, merged.
package final class PlanField: Sendable {
    /// What the schema says of the field.
    let prototype: FieldPrototype
    private let group: FieldGroup
    package let arguments: PlannedArguments
    /// The merged selection set of a composite field.
    package let selection: PlanSelectionID?
    /// Whether rows of this field must be known before what is below it can be resolved.
    package let leadsToBound: Bool

    init(
        prototype: FieldPrototype,
        group: FieldGroup,
        arguments: PlannedArguments,
        selection: PlanSelectionID?,
        leadsToBound: Bool
    ) {
        self.prototype = prototype
        self.group = group
        self.arguments = arguments
        self.selection = selection
        self.leadsToBound = leadsToBound
    }

    /// The key in the response.
    package var responseKey: String { group.responseKey }
    package var definition: FieldDefinition { prototype.definition }
    package var source: FieldSource { prototype.source }
    package var shape: TypeShape { prototype.shape }
    /// The field nodes that were merged, for locations of errors.
    package var nodes: [FieldNode] { [group.first] + group.others }
}

/// A field's arguments, coerced already where no variable is involved.
package enum PlannedArguments: Sendable {
    /// https://spec.graphql.org/September2025/#CoerceArgumentValues() of literals and defaults.
    case constant(JSONObject)
    /// Literals that cannot be coerced: the field fails with this error wherever it stands.
    case invalid(GraphQLError)
    /// To be coerced with the variables of each execution.
    case variable([ArgumentNode])
}

/// The selection set of a composite field: its fields for every concrete type that the value can have.
package struct PlanSelection: Sendable {
    /// The declared type: object, interface or union.
    package let type: TypeID
    package let variants: [PlanVariant]
    /// The variant of each concrete type of an abstract type; empty for an object type, which has one.
    package let variantOfType: [TypeID: Int]
    /// Whether the declared type is an object type.
    package let isConcrete: Bool
    /// Whether any field in or below is bound.
    package let containsBound: Bool
}

/// The fields selected on one concrete type, or on several that agree in all of them.
package struct PlanVariant: Sendable {
    package let fields: [PlanFieldID]
    /// Why no object of these types can be completed; nil if they can.
    let failure: GraphQLError?

    init(fields: [PlanFieldID]) {
        self.fields = fields
        failure = nil
    }

    init(failure: GraphQLError) {
        fields = []
        self.failure = failure
    }
}
