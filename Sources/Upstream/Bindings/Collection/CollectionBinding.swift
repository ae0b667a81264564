internal import GraphQL
internal import JSON

/// A binding to a collection, of which one GET per parent or page reads the rows.
// PERF: a class, because everything that reads lists refers to it, and it has dozens of strings.
final class CollectionBinding: BindingKind {
    let template: CallTemplate
    /// The type of the rows if it is an entity, whose key distinguishes them.
    let entity: Entity?
    /// The entity types of the rows, which can be completed: one, or several of an interface or a union.
    let rowTypes: [RowType]
    /// The members of the connection type that shows the rows; nil: the field is a plain list.
    let connection: ConnectionShape?
    /// The relation of rows to their parent; nil: there is none.
    let by: Ownership?
    /// The meaning of the parameters of the template's query.
    let parameters: ListParameters

    init(
        template: CallTemplate,
        entity: Entity?,
        rowTypes: [RowType],
        connection: ConnectionShape?,
        by: Ownership?,
        parameters: ListParameters
    ) {
        self.template = template
        self.entity = entity
        self.rowTypes = rowTypes
        self.connection = connection
        self.by = by
        self.parameters = parameters
    }

    var parentMembers: [JSONKey] { template.parentMembers + (by.map { [$0.parentKey] } ?? []) }

    var parentKeys: [JSONKey] { parentMembers }

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? {
        workspaceArgument(of: field, conventions, besides: template.template.variables)
    }

    func batch(of request: FieldRequest, in resolver: UpstreamResolver) -> FieldBatch? {
        guard let workspace = resolver.onlyWorkspace(of: request) else { return nil }
        return .lists(
            entity?.type,
            path: template.template.path,
            parameters,
            workspace: workspace,
            resolver.table.policy(of: request.binding)
        )
    }

    func resolve(_ requests: [FieldRequest], with resolver: UpstreamResolver) async -> [Resolution] {
        await resolver.resolveCollections(requests)
    }

    func resolveFromMemory(_ requests: [FieldRequest], with resolver: UpstreamResolver) -> [Resolution?] {
        requests.map { request in
            // A batch has fields of several bindings.
            let own = resolver.table.kind(of: request.binding) as? CollectionBinding
            return own.flatMap { resolver.cachedList(request, $0) }
        }
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        estimator.estimateCollection(self, field)
    }

    /// The relation of a collection's rows to parents.
    struct Ownership: Sendable {
        /// The template's variable for the parent's key.
        let variable: String
        /// The member of a row that has the parent's key.
        let member: JSONKey
        /// The member of the parent that is its key.
        let parentKey: JSONKey
        /// The type of the parents.
        let parent: Entity
    }
}
