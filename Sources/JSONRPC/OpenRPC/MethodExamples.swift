internal import GraphQL
internal import JSON

/// Generates an example call of each method, with the required parameters and the scalars of the result.
struct MethodExamples: Sendable {
    private let schema: Schema
    private let fields: OwnFields

    init(_ table: MethodTable) {
        schema = table.executable.schema
        fields = table.ownFields
    }

    /// The example pairing of a method: https://spec.open-rpc.org/#example-pairing-object.
    func example(of method: RPCMethod) -> JSONValue {
        let params = method.field.arguments.filter(\.isRequired).map { argument -> JSONValue in
            ["name": .string(argument.name), "value": value(argument.type, depth: 0)]
        }
        return [
            "name": .string("\(method.name) with what it needs"), "params": .array(params),
            "result": ["name": "result", "value": value(method.field.type, depth: 0)],
        ]
    }

    private func value(_ type: TypeReference, depth: Int) -> JSONValue {
        switch type {
        case .nonNull(let nullable): return value(nullable, depth: depth)
        case .list(let item): return depth > 3 ? [] : [value(item, depth: depth + 1)]
        case .named(let id): return value(schema[id], depth: depth)
        }
    }

    private func value(_ type: NamedType, depth: Int) -> JSONValue {
        switch type.kind {
        case .scalar:
            switch type.name {
            case "Int": return 1
            case "Float": return 1.5
            case "Boolean": return true
            default: return "…"
            }
        case .enumeration: return .string(type.values.names.first ?? "")
        case .interface, .union:
            return schema.possibleTypes(of: type.id).first.map { value(schema[$0], depth: depth) } ?? [:]
        case .object:
            let shown = type.fields.filter { isShown($0, of: type, depth: depth) }
            return .object(JSONObject(shown.map { ($0.name, value(of: $0, of: type, depth: depth + 1)) }))
        case .inputObject:
            let needed = type.inputFields.filter(\.isRequired)
            return .object(JSONObject(needed.map { ($0.name, value($0.type, depth: depth + 1)) }))
        }
    }

    private func value(of field: FieldDefinition, of type: NamedType, depth: Int) -> JSONValue {
        fields.plain(of: field, of: type) == nil ? value(field.type, depth: depth) : [:]
    }

    private func isShown(_ field: FieldDefinition, of type: NamedType, depth: Int) -> Bool {
        guard fields.isShown(field, of: type) else { return false }
        return schema.namedType(of: field.type).isLeaf || fields.plain(of: field, of: type) != nil
            || (depth == 0 && field.name == "nodes")
    }
}
