internal import GraphQL
internal import JSON

/// A binding to the changes of an entity type's objects: each change is an event.
struct ChangesBinding: SingleFieldBinding {
    /// A filter for the objects whose member has the value of an argument.
    struct Filter: Sendable {
        let argument: String
        let member: JSONKey
    }

    let entity: Entity
    /// The argument that lists keys of objects; nil: there is none.
    let keysArgument: String?
    let filters: [Filter]

    func workspaceArgument(of field: FieldDefinition, _ conventions: UpstreamConventions) -> String? {
        workspaceArgument(of: field, conventions, besides: [])
    }

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        guard let event = resolver.event else {
            let failure = FieldFailure(.badUserInput, "The field has events, and no value by itself: subscribe to it.")
            return Resolution(failure: failure, parents: request.parents.count)
        }
        var resolution = Resolution()
        resolution.documents = [event.value]
        resolution.values = request.parents.map { _ in .found(document: 0, node: 0) }
        return resolution
    }

    // The cost of an event is unknown before it occurs.
    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {}
}

extension ChangesBinding: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        let name = arguments.string("of") ?? ""
        guard field.parent.id == reader.schema.subscriptionType else {
            reader.report("@changes of \(field.subject) needs a field of the subscription type.", arguments.range)
            return
        }
        guard let entity = reader.entities.values.first(where: { $0.name == name }) else {
            let message = "@changes of \(field.subject) needs a type with @entity; \"\(name)\" is none."
            reader.report(
                message,
                arguments.range
            )
            return
        }
        let keysArgument = arguments.string("keys").flatMap { field.definition.arguments[$0]?.name }
        let chosen = reader.conventions.workspaceArguments
        let filters = field.definition.arguments.filter { $0.name != keysArgument && !chosen.contains($0.name) }
        let binding = ChangesBinding(
            entity: entity,
            keysArgument: keysArgument,
            filters: filters.map { Filter(argument: $0.name, member: JSONKey($0.upstreamName)) }
        )
        reader.bind(binding, to: field)
    }
}
