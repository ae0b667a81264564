internal import GraphQL
package import JSON

/// A parameter of a method, with its description and schema.
package struct MethodParameter: Sendable {
    /// The name of the parameter.
    package let name: String
    /// The description of the parameter; nil: it has none.
    package let description: String?
    /// Whether each call must have the parameter.
    package let isRequired: Bool
    /// The JSON Schema of the parameter's values.
    package let schema: JSONValue

    /// The content descriptor of the parameter: https://spec.open-rpc.org/#content-descriptor-object.
    var json: JSONValue {
        var json: JSONObject = ["name": .string(name)]
        if let description { json["description"] = .string(description) }
        json["required"] = .bool(isRequired)
        json["schema"] = schema
        return .object(json)
    }
}

extension RPCMethod {
    /// The parameters, in the order of positional parameters.
    package func parameters(_ schemas: JSONSchemas) -> [MethodParameter] {
        var parameters = field.arguments.map { argument in
            MethodParameter(
                name: argument.name,
                description: argument.description,
                isRequired: argument.isRequired,
                schema: schemas.input(argument)
            )
        }
        if schemas.isComposite(field.type) {
            parameters.append(
                MethodParameter(
                    name: Self.select,
                    description: "What the result contains: a GraphQL selection, or field names with dots.",
                    isRequired: false,
                    schema: [
                        "anyOf": [
                            ["type": "string"], ["type": "array", "items": ["type": "string"]], ["type": "null"],
                        ]
                    ]
                )
            )
        }
        return parameters
    }
}
