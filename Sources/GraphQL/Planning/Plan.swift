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
        fieldsWithVariables = fields.indices
            .filter { if case .variable = tree.fields[$0].arguments { true } else { false } }
            .map { PlanFieldID(index: $0) }
        steps = PlanSteps(tree, executable: executable)
    }

    package subscript(id: PlanFieldID) -> PlanField { fields[id.index] }
    package subscript(id: PlanSelectionID) -> PlanSelection { selections[id.index] }
}

/// The nodes of a plan while it is made.
package struct PlanTree: Sendable {
    package var fields: [PlanField] = []
    package var selections: [PlanSelection] = []

    package init() {}
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
    /// The key in the response.
    package let responseKey: String
    /// `,"key":`, ready to be copied; the first field of an object leaves out the comma.
    package let encodedKey: [UInt8]
    package let source: FieldSource
    package let shape: TypeShape
    package let definition: FieldDefinition
    package let arguments: PlannedArguments
    /// The merged selection set of a composite field.
    package let selection: PlanSelectionID?
    /// Whether rows of this field must be known before what is below it can be resolved.
    package let leadsToBound: Bool
    /// The field nodes that were merged, for locations of errors.
    package let nodes: [FieldNode]

    package init(
        group: FieldGroup,
        definition: FieldDefinition,
        source: FieldSource,
        shape: TypeShape,
        arguments: PlannedArguments,
        selection: PlanSelectionID?,
        leadsToBound: Bool
    ) {
        responseKey = group.responseKey
        nodes = group.nodes
        self.definition = definition
        self.source = source
        self.shape = shape
        self.arguments = arguments
        self.selection = selection
        self.leadsToBound = leadsToBound
        // A response key is a name, of which no character needs an escape.
        var key: [UInt8] = []
        key.reserveCapacity(responseKey.utf8.count + 4)
        key.append(UInt8(ascii: ","))
        key.append(UInt8(ascii: "\""))
        key.append(contentsOf: responseKey.utf8)
        key.append(UInt8(ascii: "\""))
        key.append(UInt8(ascii: ":"))
        encodedKey = key
    }
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
    /// The variant of each concrete type; an object type has one.
    package let variantOfType: [TypeID: Int]
    /// Whether the declared type is an object type.
    package let isConcrete: Bool
    /// Whether any field in or below is bound.
    package let containsBound: Bool
}

/// The fields selected on one concrete type, or on several that agree in all of them.
package struct PlanVariant: Sendable {
    package let fields: [PlanFieldID]
}
