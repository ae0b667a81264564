internal import GraphQL
internal import JSON

/// A binding to one object for each parent, which a GET fetches.
struct ObjectBinding: SingleFieldBinding {
    let template: CallTemplate
    /// The type of the object, if it is an entity.
    let entity: Entity?
    let content: ExpectedContent

    var parentMembers: [JSONKey] { template.parentMembers }

    var parentKeys: [JSONKey] { parentMembers }

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? {
        workspaceArgument(of: field, conventions, besides: template.template.variables)
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) { estimator.estimateObjects(self, field) }
}
