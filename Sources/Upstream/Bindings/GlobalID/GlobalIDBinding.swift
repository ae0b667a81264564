internal import GraphQL
internal import JSON

/// A binding to the parent's global id, which takes no call.
struct GlobalIDBinding: SingleFieldBinding {
    /// The type of the parents.
    let entity: Entity

    var parentMembers: [JSONKey] { [entity.key] }

    var isFree: Bool { true }

    func resolve(_ request: FieldRequest, with resolver: UpstreamResolver) async -> Resolution {
        Resolution(forEachParentOf: request) { document, node in
            guard let key = entity.key(of: node, in: document), document.origin >= 0 else { return nil }
            let slug = resolver.session.slug(of: document.origin)
            let id = GlobalID(workspace: slug, type: entity.name, key: key).text
            return SourceDocument(JSONDocument(.string(id)), origin: document.origin)
        }
    }

    func estimate(_ field: BoundField, in estimator: inout CostEstimator) {}
}

extension GlobalIDBinding: ValueSource {
    static func read(_ arguments: DirectiveArguments, of field: DeclaredField, _ reader: inout BindingReader) {
        if let argument = field.definition.arguments.first {
            reader.bind(NodesBinding(argument: argument.name), to: field)
        } else if let entity = reader.entities[field.parent.id] {
            reader.bind(GlobalIDBinding(entity: entity), to: field)
        } else {
            let message = "@globalID of \(field.subject) needs an argument, or a parent type with @entity."
            reader.report(message, arguments.range)
        }
    }
}
