package import GraphQL
package import JSON

/// JSON Schemas of the parameters and results of tools, in the subset of JSON Schema that every MCP host supports.
///
/// Hosts reject references, lists of types, enums without a type and `additionalProperties`: none of them is used, so that each
/// schema is self-contained.
package struct ToolSchemas: Sendable {
    /// The level of detail of the schemas, which must together fit into the context of a model.
    package enum Detail: Sendable, CaseIterable {
        /// Names, types and descriptions.
        case full
        /// Results have the names of their members, without types.
        case namedResults
        /// Results are objects; only the arguments themselves are described.
        case least
    }

    private let schema: Schema
    private let fields: OwnFields
    private let detail: Detail
    /// The most levels of nested input objects that are described.
    private static let parameterDepth = 4
    /// The most levels of nested objects that are described: a connection, its rows, and objects in a row.
    private static let resultDepth = 3

    /// Makes schemas of a table's methods.
    package init(_ table: MethodTable, detail: Detail = .full) {
        schema = table.executable.schema
        fields = table.ownFields
        self.detail = detail
    }

    // MARK: - Arguments

    /// The schema of a method's parameters by name.
    package func parameters(of method: RPCMethod) -> JSONObject {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for argument in method.field.arguments where argument.deprecationReason == nil || argument.isRequired {
            properties[argument.name] = described(argument, depth: 0)
            if argument.isRequired { required.append(.string(argument.name)) }
        }
        let type = schema.namedType(of: method.field.type)
        if type.isComposite {
            properties[RPCMethod.select] = [
                "type": "string",
                "description": .string("What to show, as a GraphQL selection: \"\(example(of: type))\"."),
            ]
        }
        return Self.object(properties, required: required)
    }

    /// The schema of an operation's variables.
    package func parameters(of operation: OperationDefinitionNode) -> JSONObject {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for variable in operation.variableDefinitions {
            guard let type = schema.typeReference(of: variable.type) else { continue }
            var described = input(type, depth: 0)
            if let description = variable.description { described["description"] = .string(description.value) }
            properties[variable.variable.name.value] = .object(described)
            if type.isNonNull, variable.defaultValue == nil { required.append(.string(variable.variable.name.value)) }
        }
        return Self.object(properties, required: required)
    }

    private static func object(_ properties: JSONObject, required: [JSONValue]) -> JSONObject {
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required) }
        return schema
    }

    private func described(_ value: InputValueDefinition, depth: Int) -> JSONValue {
        var schema = input(value.type, depth: depth)
        if let description = value.description, detail != .least || depth == 0 {
            schema["description"] = .string(description)
        }
        if let defaultValue = value.coercedDefault, !defaultValue.isNull { schema["default"] = defaultValue }
        return .object(schema)
    }

    /// The schema of an argument's value.
    ///
    /// A nullable argument can be left out instead of being null; in an input object, null has a meaning of its own.
    private func input(_ type: TypeReference, depth: Int) -> JSONObject {
        switch type {
        case .nonNull(let nullable): return input(nullable, depth: depth)
        case .list(let item): return ["type": "array", "items": .object(input(item, depth: depth))]
        case .named(let id): return input(schema[id], depth: depth)
        }
    }

    private func input(_ type: NamedType, depth: Int) -> JSONObject {
        guard type.kind == .inputObject else { return leaf(type) }
        guard depth < Self.parameterDepth else { return ["type": "object"] }
        var properties = JSONObject()
        var required: [JSONValue] = []
        for field in type.inputFields where field.deprecationReason == nil || field.isRequired {
            properties[field.name] = nullable(described(field, depth: depth + 1), field.type)
            if field.isRequired { required.append(.string(field.name)) }
        }
        var object = Self.object(properties, required: required)
        if depth == 0, let description = type.description { object["description"] = .string(description) }
        return object
    }

    /// A schema that also accepts null, if the type is nullable; a schema without a type accepts it anyway.
    private func nullable(_ value: JSONValue, _ type: TypeReference) -> JSONValue {
        guard !type.isNonNull, var members = value.objectValue, members["type"] != nil else { return value }
        let description = members.removeValue(forKey: "description")
        var schema: JSONObject = ["anyOf": [.object(members), ["type": "null"]]]
        if let description { schema["description"] = description }
        return .object(schema)
    }

    private func leaf(_ type: NamedType) -> JSONObject {
        guard type.kind == .scalar else {
            return ["type": "string", "enum": .array(type.values.names.map { .string($0) })]
        }
        switch type.name {
        case "Int": return ["type": "integer"]
        case "Float": return ["type": "number"]
        case "String", "ID": return ["type": "string"]
        case "Boolean": return ["type": "boolean"]
        default: return type.description.map { ["description": .string($0)] } ?? JSONObject()
        }
    }

    /// A selection of some fields of a type, or of a connection's rows, as an example.
    private func example(of type: NamedType) -> String {
        let rows = fields.isConnection(type) ? fields.rowField(of: type).map { schema.namedType(of: $0.type) } : nil
        let row = rows ?? type
        let selectable = row.fields.filter { field in field.arguments.allSatisfy { !$0.isRequired } }
        let leaves = selectable.filter { schema.namedType(of: $0.type).isLeaf }.prefix(2).map(\.name)
        let related = selectable.first { !fields.isShown($0, of: row) && !schema.namedType(of: $0.type).isLeaf }
        let inner = related.flatMap { field in
            schema.namedType(of: field.type).fields.first { schema.namedType(of: $0.type).isLeaf }
                .map { "\(field.name) { \($0.name) }" }
        }
        return (leaves + [inner].compactMap { $0 }).joined(separator: " ")
    }

    // MARK: - Results

    /// The schema of a method's result, which is valid for every selection.
    package func result(of method: RPCMethod) -> JSONObject { output(method.field.type, depth: 0) }

    private func output(_ type: TypeReference, depth: Int) -> JSONObject {
        guard case .nonNull(let inner) = type else {
            let schema = output(.nonNull(type), depth: depth)
            return schema["type"] == nil ? schema : ["anyOf": [.object(schema), ["type": "null"]]]
        }
        switch inner {
        case .nonNull: return JSONObject()
        case .list(let item): return ["type": "array", "items": .object(output(item, depth: depth))]
        case .named(let id): return output(schema[id], depth: depth)
        }
    }

    private func output(_ type: NamedType, depth: Int) -> JSONObject {
        guard type.isComposite else { return leaf(type) }
        guard depth < Self.resultDepth, !type.isAbstract, detail != .least else { return ["type": "object"] }
        var properties = JSONObject()
        for field in type.fields where fields.isShown(field, of: type) {
            properties[field.name] = .object(shown(field, of: type, depth: depth + 1))
        }
        return ["type": "object", "properties": .object(properties)]
    }

    private func shown(_ field: FieldDefinition, of type: NamedType, depth: Int) -> JSONObject {
        // A field with a plain leaf field may be any JSON.
        guard fields.plain(of: field, of: type) == nil else { return JSONObject() }
        if detail == .namedResults, schema.namedType(of: field.type).isLeaf { return JSONObject() }
        return output(field.type, depth: depth)
    }
}
