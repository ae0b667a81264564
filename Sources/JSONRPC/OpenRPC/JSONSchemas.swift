package import GraphQL
package import JSON

/// JSON Schemas (draft 7) of a schema's types.
///
/// https://json-schema.org/draft-07
package struct JSONSchemas: Sendable {
    private let schema: Schema
    /// The selection of objects for calls without `select`.
    private let fields: OwnFields
    /// The prefix of JSON references to the schemas of named types.
    private let root = "#/components/schemas/"

    /// Makes the schemas of the parameters and results of a table's methods.
    package init(_ table: MethodTable) {
        schema = table.executable.schema
        fields = table.ownFields
    }

    /// The schemas of all named types, for `components.schemas`.
    package var components: JSONObject {
        var components = JSONObject()
        for type in schema.types where !type.name.hasPrefix("__") && hasComponent(type) {
            components[type.name] = component(type)
        }
        return components
    }

    /// The schema of an argument or input field.
    package func input(_ argument: InputValueDefinition) -> JSONValue {
        var json = value(argument.type, isInput: true)
        if let defaultValue = argument.coercedDefault, case .object(var members) = json {
            members["default"] = defaultValue
            json = .object(members)
        }
        return json
    }

    /// The schema of a result.
    package func output(_ type: TypeReference) -> JSONValue { value(type, isInput: false) }

    /// Whether a type has fields that can be selected.
    func isComposite(_ type: TypeReference) -> Bool { schema.namedType(of: type).isComposite }

    private func hasComponent(_ type: NamedType) -> Bool {
        switch type.kind {
        case .object:
            type.id != schema.queryType && type.id != schema.mutationType && type.id != schema.subscriptionType
        case .interface, .union, .inputObject, .enumeration: true
        case .scalar: false
        }
    }

    private func value(_ type: TypeReference, isInput: Bool) -> JSONValue {
        guard case .nonNull(let nullable) = type else {
            return ["anyOf": [value(.nonNull(type), isInput: isInput), ["type": "null"]]]
        }
        switch nullable {
        case .nonNull: return [:]
        case .list(let item): return ["type": "array", "items": value(item, isInput: isInput)]
        case .named(let id):
            let named = schema[id]
            return named.kind == .scalar ? scalar(named, isInput: isInput) : ["$ref": .string(root + named.name)]
        }
    }

    private func scalar(_ type: NamedType, isInput: Bool) -> JSONValue {
        switch type.name {
        case "Int": return ["type": "integer", "minimum": .integer(-2_147_483_648), "maximum": .integer(2_147_483_647)]
        case "Float": return ["type": "number"]
        case "String": return ["type": "string"]
        case "Boolean": return ["type": "boolean"]
        case "ID": return ["type": isInput ? ["string", "integer"] : "string"]
        default: return type.description.map { ["description": .string($0)] } ?? [:]
        }
    }

    private func component(_ type: NamedType) -> JSONValue {
        var json = JSONObject()
        if let description = type.description { json["description"] = .string(description) }
        switch type.kind {
        case .enumeration:
            json["enum"] = .array(type.values.names.map { .string($0) })
        case .inputObject:
            json["type"] = "object"
            json["properties"] = .object(JSONObject(type.inputFields.map { ($0.name, described($0)) }))
            let required = type.inputFields.filter(\.isRequired).map { JSONValue.string($0.name) }
            if !required.isEmpty { json["required"] = .array(required) }
            json["additionalProperties"] = false
        case .object, .interface:
            json["type"] = "object"
            json["properties"] = .object(JSONObject(type.fields.map { ($0.name, described($0, of: type)) }))
        case .union:
            json["anyOf"] = .array(type.memberTypes.map { ["$ref": .string(root + schema[$0].name)] })
        case .scalar:
            break
        }
        return .object(json)
    }

    private func described(_ field: InputValueDefinition) -> JSONValue { describe(input(field), field.description) }

    /// The schema of a field; no property is required, because a call selects the fields that it shows.
    ///
    /// An object with a plain leaf field is shown by that unless the call selects its fields, so it may be any JSON of the upstream.
    private func described(_ field: FieldDefinition, of type: NamedType) -> JSONValue {
        let shown = fields.plain(of: field, of: type) == nil ? output(field.type) : JSONValue.object(JSONObject())
        return describe(shown, field.description)
    }

    private func describe(_ json: JSONValue, _ description: String?) -> JSONValue {
        guard let description, case .object(var members) = json else { return json }
        members["description"] = .string(description)
        return .object(members)
    }
}
