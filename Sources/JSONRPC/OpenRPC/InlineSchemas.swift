package import GraphQL
package import JSON

/// JSON Schemas that stand alone: named types are put in their places, as deep as a result usually goes.
///
/// Models read these. All types that a type leads to would be all of the schema, in each of them.
package struct InlineSchemas: Sendable {
    private let schemas: JSONSchemas
    private let components: JSONObject
    private static let root = "#/$defs/"
    /// The named types that may lie inside one another: a connection, its rows, and what stands in a row as it is.
    private static let resultDepth = 2
    private static let parameterDepth = 4

    /// Makes schemas of a GraphQL schema's types.
    package init(_ schema: Schema) {
        schemas = JSONSchemas(schema, root: Self.root)
        components = schemas.components
    }

    /// The schema of a method's parameters by name.
    package func parameters(of method: RPCMethod) -> JSONObject {
        let parameters = method.parameters(schemas)
        let properties = parameters.map { parameter -> (String, JSONValue) in
            var schema = inline(parameter.schema, depth: Self.parameterDepth).objectValue ?? JSONObject()
            if let description = parameter.description { schema["description"] = .string(description) }
            return (parameter.name, .object(schema))
        }
        var schema: JSONObject = ["type": "object", "properties": .object(JSONObject(properties))]
        let required = parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        schema["additionalProperties"] = false
        return schema
    }

    /// The schema of a method's result.
    package func result(of method: RPCMethod) -> JSONObject {
        inline(schemas.output(method.field.type), depth: Self.resultDepth).objectValue ?? JSONObject()
    }

    /// A schema without references; what lies deeper may be anything.
    private func inline(_ schema: JSONValue, depth: Int) -> JSONValue {
        switch schema {
        case .array(let items): return .array(items.map { inline($0, depth: depth) })
        case .object(var members):
            guard let name = members.removeValue(forKey: "$ref")?.stringValue?.dropFirst(Self.root.count) else {
                return .object(JSONObject(members.map { ($0, inline($1, depth: depth)) }))
            }
            if depth > 0, case .object(let type)? = components[String(name)].map({ inline($0, depth: depth - 1) }) {
                // What is said of the place is more to the point than what is said of the type.
                for (key, value) in type where members[key] == nil { members[key] = value }
            }
            return .object(members)
        case .null, .bool, .number, .string: return schema
        }
    }
}
