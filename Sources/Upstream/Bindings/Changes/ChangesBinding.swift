internal import GraphQL
internal import JSON

/// A binding to the changes of an entity type's objects: each change is an event.
struct ChangesBinding: SingleFieldBinding {
    /// A filter for the objects whose member has the value of an argument.
    struct Filter: Sendable {
        let argument: UpstreamArgument
        let member: JSONKey
    }

    let entity: Entity
    /// The argument that lists keys of objects; nil: there is none.
    let keysArgument: UpstreamArgument?
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
        let keysArgument = keysArgument(arguments, of: field, &reader)
        let chosen = reader.conventions.workspaceArguments
        let filters = field.definition.arguments.filter { $0.name != keysArgument?.name && !chosen.contains($0.name) }
        for filter in filters where !isScalar(filter.type, in: reader.schema) {
            let found = reader.schema.text(of: filter.type)
            let message =
                "The argument `\(filter.name)` of \(field.subject) is compared with a member of the objects, and its type "
                + "\"\(found)\" is neither a scalar nor an enum: no object would have its value."
            reader.report(message, arguments.range)
        }
        let binding = ChangesBinding(
            entity: entity,
            keysArgument: keysArgument,
            filters: filters.map { filter in
                Filter(
                    argument: UpstreamArgument(filter, in: reader.schema),
                    member: JSONKey(filter.upstreamName)
                )
            }
        )
        reader.bind(binding, to: field)
    }

    private static func isScalar(_ type: TypeReference, in schema: Schema) -> Bool {
        type.listItem == nil && schema.namedType(of: type).kind != .inputObject
    }

    /// The argument that lists keys; an argument of the default name need not exist.
    private static func keysArgument(
        _ arguments: DirectiveArguments,
        of field: DeclaredField,
        _ reader: inout BindingReader
    ) -> UpstreamArgument? {
        let name = arguments.string("keys") ?? ""
        guard let argument = field.definition.arguments[name] else {
            if arguments.names.contains("keys") {
                let message = "The keys of \(field.subject) are to be its argument \"\(name)\", which it has not."
                reader.report(message, arguments.range)
            }
            return nil
        }
        guard let item = argument.type.listItem, isScalar(item, in: reader.schema) else {
            let found = reader.schema.text(of: argument.type)
            let message =
                "The argument `\(name)` of \(field.subject) lists the keys of objects: it needs a list type such as "
                + "\"[ID!]\", not \"\(found)\"."
            reader.report(message, arguments.range)
            return nil
        }
        return UpstreamArgument(argument, in: reader.schema)
    }
}
