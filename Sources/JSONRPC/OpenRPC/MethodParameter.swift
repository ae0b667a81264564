internal import GraphQL
package import JSON

/// A parameter of a method, described.
package struct MethodParameter: Sendable {
    package let name: String
    package let description: String?
    package let isRequired: Bool
    /// Its JSON Schema.
    package let schema: JSONValue

    /// As OpenRPC's content descriptor: https://spec.open-rpc.org/#content-descriptor-object.
    var json: JSONValue {
        var json: JSONObject = ["name": .string(name)]
        if let description { json["description"] = .string(description) }
        json["required"] = .bool(isRequired)
        json["schema"] = schema
        return .object(json)
    }
}

extension RPCMethod {
    /// The parameters, in the order in which they can stand without names.
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
