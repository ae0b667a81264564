internal import GraphQL
internal import JSON

/// The value of one kind of binding: what a schema's directive says of a field, and how the field gets its values by it.
///
/// A kind has a folder of its own, with its value, its reading, its resolving and its cost.
protocol BindingKind: Sendable {
    /// The members of the parent that the binding reads.
    var parentMembers: [JSONKey] { get }
    /// Those of them that are keys, or parts of a path: scalars.
    var parentKeys: [JSONKey] { get }
    /// Whether the value is made of what the parent holds, so that it is nothing where the parent is the root.
    var showsParent: Bool { get }
    /// The object that the gateway makes itself as the value; nil: the value is something else.
    var gatewayObject: GatewayObject? { get }
    /// Whether the value is there without a call of the upstream, and stands for itself.
    var isFree: Bool { get }
    /// Whether nothing that is there is changed or deleted.
    var onlyAdds: Bool { get }
    /// The entity type of the objects that a write changes; nil: it is that of the field's own type, if it has one.
    var writtenEntity: Entity? { get }
    /// Whether its fields are resolved after those of other kinds, to wait for the lists that are in flight by then.
    var waitsForLists: Bool { get }

    /// The argument of a field that chooses workspaces by slug.
    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String?

    /// What makes field requests be resolved together; nil: each is resolved by itself.
    func batch(of request: FieldRequest, in resolver: UpstreamResolver) -> FieldBatch?

    /// Finds the values of the fields of a batch, in its order: one for each parent.
    func resolve(_ requests: [FieldRequest], with resolver: UpstreamResolver) async -> [Resolution]

    /// Finds the values of those fields of a batch that are in memory, in its order; nil for a field that has to be waited for.
    func resolveFromMemory(_ requests: [FieldRequest], with resolver: UpstreamResolver) -> [Resolution?]

    /// Adds what a field can cost, and what is below it: at least and at most what resolving may spend.
    func estimate(_ field: BoundField, in estimator: inout CostEstimator)
}

// What holds for most kinds.
extension BindingKind {
    var parentMembers: [JSONKey] { [] }
    var parentKeys: [JSONKey] { [] }
    var showsParent: Bool { false }
    var gatewayObject: GatewayObject? { nil }
    var isFree: Bool { false }
    var onlyAdds: Bool { true }
    var writtenEntity: Entity? { nil }
    var waitsForLists: Bool { false }

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? { nil }

    func batch(of request: FieldRequest, in resolver: UpstreamResolver) -> FieldBatch? { nil }

    func resolveFromMemory(_ requests: [FieldRequest], with resolver: UpstreamResolver) -> [Resolution?] {
        Array(repeating: nil, count: requests.count)
    }

    /// The argument of a field that chooses workspaces, unless it is part of a call's path.
    func workspaceArgument(
        of field: FieldDefinition,
        _ conventions: UpstreamConventions,
        besides variables: [String]
    ) -> String? {
        field.arguments.first {
            conventions.workspaceArguments.contains($0.name) && !variables.contains($0.upstreamName)
        }?.name
    }
}
