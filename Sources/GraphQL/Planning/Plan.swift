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
