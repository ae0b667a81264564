internal import GraphQL
internal import JSON
internal import JSONRPC

/// The fields of a schema whose objects are MCP resources, by `@resource(uri:)`.
struct ResourceTable: Sendable {
    /// A field whose objects are resources.
    struct Resource: Sendable {
        let template: ResourceURITemplate
        let field: FieldDefinition
        /// The operation that reads a resource.
        let operationText: String
        /// The arguments whose values are no text: in the query of a URI they are written as in JSON.
        let literals: Set<String>

        /// The arguments in a URI; nil: the URI is none of these.
        fileprivate func arguments(in uri: String) -> JSONObject? {
            guard var values = template.values(in: uri) else { return nil }
            for name in literals {
                guard case .string(let text)? = values[name], let value = try? JSONValue(parsing: Array(text.utf8))
                else { continue }
                // What is no such literal stays a text, which the argument's type refuses.
                switch value {
                case .number, .bool: values[name] = value
                case .null, .string, .array, .object: break
                }
            }
            return values
        }
    }

    /// The resources, in the schema's order.
    let resources: [Resource]

    /// Collects the resources of a schema that has been checked.
    init(_ methods: MethodTable) {
        let schema = methods.executable.schema
        resources = Self.declared(schema).compactMap { field, text in
            ResourceURITemplate(text).map {
                Resource(
                    template: $0,
                    field: field,
                    operationText: methods.operationText(of: field, .query),
                    literals: Set(field.arguments.filter { !$0.canBeText(in: schema) }.map(\.name))
                )
            }
        }
    }

    /// The resource of a URI, with the arguments in the URI; nil: there is none.
    func resource(at uri: String) -> (Resource, JSONObject)? {
        for resource in resources {
            if let arguments = resource.arguments(in: uri) { return (resource, arguments) }
        }
        return nil
    }

    private static func declared(_ schema: Schema) -> [(FieldDefinition, uri: String)] {
        (schema.rootType(of: .query)?.fields.map(\.self) ?? []).compactMap { field in
            field.resourceDirective?.uri.map { (field, $0) }
        }
    }

    /// The errors of the `@resource` directives of a schema.
    static func errors(in schema: Schema) -> [GraphQLError] {
        let query = schema.rootType(of: .query)
        let fields = schema.types.flatMap { type in type.fields.map { (type, $0) } }
        return fields.compactMap { type, field in
            guard let directive = field.resourceDirective else { return nil }
            let mistake =
                type.id == query?.id
                ? mistake(in: directive, of: field, schema)
                : "the directive has no effect: only fields of the query type are resources."
            return mistake.map {
                GraphQLError("\(type.name).\(field.name): @resource: \($0)", at: [directive.range], in: schema.source)
            }
        }
    }

    private static func mistake(
        in directive: DirectiveNode,
        of field: FieldDefinition,
        _ schema: Schema
    ) -> String? {
        guard let text = directive.uri else { return "the template must be a string." }
        guard let template = ResourceURITemplate(text) else {
            return "\"\(text)\" is no template such as \"shop://books/{id}{?language}\"."
        }
        let names = template.pathNames + template.queryNames
        if let unknown = names.first(where: { field.arguments[$0] == nil }) {
            return "the field has no argument \"\(unknown)\"."
        }
        if let missing = field.arguments.first(where: { $0.isRequired && !template.pathNames.contains($0.name) }) {
            return "the path of the template must have the argument \"\(missing.name)\"."
        }
        return field.arguments.first { template.pathNames.contains($0.name) && !$0.canBeText(in: schema) }.map {
            "the value of the argument \"\($0.name)\" is text in a URI, which its type \"\(schema.text(of: $0.type))\" does not accept: "
                + "use \"ID\" or \"String\"."
        }
    }
}

extension FieldDefinition {
    /// The directive `@resource` of the field.
    fileprivate var resourceDirective: DirectiveNode? { directives.first { $0.name.value == "resource" } }
}

extension DirectiveNode {
    /// The argument `uri` of the directive: the template of the resources' URIs.
    fileprivate var uri: String? {
        guard case .string(let uri)? = arguments.first(where: { $0.name.value == "uri" })?.value else { return nil }
        return uri.value
    }
}

extension InputValueDefinition {
    /// Whether a text is a valid value of the argument's type, or of an item of it.
    fileprivate func canBeText(in schema: Schema) -> Bool {
        let type = schema.namedType(of: type)
        switch SpecifiedScalar(rawValue: type.name) {
        case .int, .float, .boolean: return false
        case .string, .id, nil: return type.isLeaf
        }
    }
}
