internal import GraphQL
internal import JSON
internal import JSONRPC

/// The fields of a schema whose objects are resources, by `@resource(uri:)`.
struct ResourceTable: Sendable {
    /// A field whose objects are resources.
    struct Resource: Sendable {
        let template: ResourceURITemplate
        let field: FieldDefinition
        /// The operation that reads one.
        let operationText: String
    }

    /// In the schema's order.
    let resources: [Resource]

    /// Collects the resources of a schema that has been checked.
    init(_ methods: MethodTable) {
        resources = Self.declared(methods.executable.schema).compactMap { field, text in
            ResourceURITemplate(text).map {
                Resource(template: $0, field: field, operationText: methods.operationText(of: field, .query))
            }
        }
    }

    /// The resource of a URI, and the arguments that the URI has.
    func resource(at uri: String) -> (Resource, JSONObject)? {
        for resource in resources {
            if let values = resource.template.values(in: uri) { return (resource, values) }
        }
        return nil
    }

    private static func declared(_ schema: Schema) -> [(FieldDefinition, uri: String)] {
        (schema.rootType(of: .query)?.fields.map(\.self) ?? []).compactMap { field in
            guard let directive = field.directives.first(where: { $0.name.value == "resource" }),
                case .string(let uri)? = directive.arguments.first(where: { $0.name.value == "uri" })?.value
            else { return nil }
            return (field, uri.value)
        }
    }

    /// What is wrong with the resources that a schema declares.
    static func errors(in schema: Schema) -> [GraphQLError] {
        declared(schema).compactMap { field, text in
            guard let template = ResourceURITemplate(text) else {
                return GraphQLError(
                    "Query.\(field.name): @resource: \"\(text)\" is no template such as \"shop://books/{id}{?language}\"."
                )
            }
            let names = template.pathNames + template.queryNames
            if let unknown = names.first(where: { field.arguments[$0] == nil }) {
                return GraphQLError("Query.\(field.name): @resource: the field has no argument \"\(unknown)\".")
            }
            let missing = field.arguments.first { $0.isRequired && !template.pathNames.contains($0.name) }
            return missing.map {
                GraphQLError(
                    "Query.\(field.name): @resource: the path of the template must have the argument \"\($0.name)\"."
                )
            }
        }
    }
}
