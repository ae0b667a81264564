internal import GraphQL
internal import JSON

/// One kind of binding: the declaration by a directive of the schema, and the resolution of the field's values from it.
///
/// Each kind has a folder of its own, with its declaration, its parsing, its resolution and its cost.
protocol BindingKind: Sendable {
    /// The members of the parent that the binding reads.
    var parentMembers: [JSONKey] { get }
    /// The parent's members that are keys, or parts of a path: scalars.
    var parentKeys: [JSONKey] { get }
    /// Whether the value is made from the parent's members, so that there is none where the parent is the root.
    var showsParent: Bool { get }
    /// The object that the gateway itself makes as the value; nil: the value comes from the upstream.
    var gatewayObject: GatewayObject? { get }
    /// Whether the value takes no upstream call and does not refer to an object of the upstream.
    var isFree: Bool { get }
    /// Whether executing the field neither changes nor deletes an existing object.
    var onlyAdds: Bool { get }
    /// The entity type of the objects that a write changes; nil: the type of the field decides, if it is an entity.
    var writtenEntity: Entity? { get }
    /// Whether its fields are resolved after those of other kinds, so that they can use lists that are in flight by then.
    var waitsForLists: Bool { get }

    /// The argument of a field that chooses workspaces by slug.
    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String?

    /// The batch in which field requests are resolved together; nil: each is resolved by itself.
    func batch(of request: FieldRequest, in resolver: UpstreamResolver) -> FieldBatch?

    /// Resolves the fields of a batch, in its order, with one value for each parent.
    func resolve(_ requests: [FieldRequest], with resolver: UpstreamResolver) async -> [Resolution]

    /// Resolves the fields of a batch whose values are in memory, in its order; nil for a field that has to wait.
    func resolveFromMemory(_ requests: [FieldRequest], with resolver: UpstreamResolver) -> [Resolution?]

    /// Adds the steps of a field and those below it to an estimate.
    func estimate(_ field: BoundField, in estimator: inout CostEstimator)
}

// The defaults are those of most kinds.
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
