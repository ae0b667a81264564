internal import GraphQL
internal import JSON

/// A binding to the entity with a key, which is loaded with the fewest calls.
struct EntityBinding: BindingKind {
    let entity: Entity
    let key: KeySource

    /// The source of an entity's key.
    enum KeySource: Sendable, Equatable {
        /// A member of the parent.
        case member(JSONKey)
        /// An argument of the field.
        case argument(UpstreamArgument)
    }

    var parentMembers: [JSONKey] { if case .member(let member) = key { [member] } else { [] } }

    var parentKeys: [JSONKey] { parentMembers }

    var waitsForLists: Bool { true }

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? {
        workspaceArgument(of: field, conventions, besides: entity.template.variables)
    }

    func batch(of request: FieldRequest, in resolver: UpstreamResolver) -> FieldBatch? { .entities(entity.type) }

    func resolve(_ requests: [FieldRequest], with resolver: UpstreamResolver) async -> [Resolution] {
        await resolver.resolveEntities(requests, entity)
    }

    func resolveFromMemory(_ requests: [FieldRequest], with resolver: UpstreamResolver) -> [Resolution?] {
        resolver.entitiesFromMemory(requests, entity) ?? Array(repeating: nil, count: requests.count)
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {
        switch key {
        case .argument(let argument): estimator.estimateEntity(entity, argument: argument, field)
        case .member(let member): estimator.estimateReferences(entity, member: member, field)
        }
    }
}
