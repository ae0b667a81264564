/// One field of a plan: all field nodes of one response key, merged.
package final class PlanField: Sendable {
    /// The field's definition in the schema.
    let prototype: FieldPrototype
    private let group: FieldGroup
    package let arguments: PlannedArguments
    /// The merged selection set of a composite field.
    package let selection: PlanSelectionID?
    /// Whether rows of this field must be known before what is below it can be resolved.
    package let leadsToBound: Bool
    /// The position of the field in a response in parts.
    package let position: PartPosition

    init(
        prototype: FieldPrototype,
        group: FieldGroup,
        arguments: PlannedArguments,
        selection: PlanSelectionID?,
        leadsToBound: Bool,
        position: PartPosition = PartPosition()
    ) {
        self.prototype = prototype
        self.group = group
        self.arguments = arguments
        self.selection = selection
        self.leadsToBound = leadsToBound
        self.position = position
    }

    /// The key in the response.
    package var responseKey: String { position.begun.map(PlanPart.key) ?? group.responseKey }
    package var definition: FieldDefinition { prototype.definition }
    package var source: FieldSource { prototype.source }
    package var shape: TypeShape { prototype.shape }
    /// The field nodes that were merged, for locations of errors.
    package var nodes: [FieldNode] { [group.first] + group.others }
}
