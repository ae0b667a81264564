package import JSON

extension ValueNode {
    /// The literal as JSON without a type, for custom scalars: enum values become strings, numbers retain
    /// their digits.
    ///
    /// Nil for a variable without a value; inside a list it becomes null, in an object its field is left out.
    package func jsonValue(variables: VariableValues?) -> JSONValue? {
        switch self {
        case .variable(let node): return variables?[node.name.value]
        case .int(let digits, _), .float(let digits, _): return JSONNumber(text: digits).map { .number($0) } ?? .null
        case .string(let node): return .string(node.value)
        case .boolean(let value, _): return .bool(value)
        case .null: return .null
        case .enumeration(let name, _): return .string(name)
        case .list(let items, _): return .array(items.map { $0.jsonValue(variables: variables) ?? .null })
        case .object(let fields, _):
            var object = JSONObject()
            for field in fields {
                if let value = field.value.jsonValue(variables: variables) { object[field.name.value] = value }
            }
            return .object(object)
        }
    }

    /// A JSON value as a literal without a type, for custom scalars.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null(.none)
        case .bool(let value): self = .boolean(value, .none)
        case .number(let number): self = number.isInteger ? .int(number.text, .none) : .float(number.text, .none)
        case .string(let string): self = .string(StringNode(value: string, isBlock: false, range: .none))
        case .array(let items): self = .list(items.map { ValueNode($0) }, .none)
        case .object(let object):
            let fields = object.map { name, value in
                ObjectFieldNode(name: NameNode(value: name, range: .none), value: ValueNode(value), range: .none)
            }
            self = .object(fields, .none)
        }
    }
}

/// The literal for a coerced value of an input type; nil if the value is not valid for the type.
///
/// Its nodes have an empty range at offset 0, as they are in no source.
package func astFromValue(_ value: JSONValue, type: TypeReference, schema: Schema) -> ValueNode? {
    switch (type, value) {
    case (.nonNull, .null): return nil
    case (.nonNull(let nullable), _): return astFromValue(value, type: nullable, schema: schema)
    case (_, .null): return .null(.none)
    case (.list(let itemType), .array(let items)):
        return .list(items.compactMap { astFromValue($0, type: itemType, schema: schema) }, .none)
    case (.list(let itemType), _): return astFromValue(value, type: itemType, schema: schema)
    case (.named(let id), _):
        let type = schema[id]
        return type.kind == .inputObject
            ? inputObjectFromValue(value, type: type, schema: schema) : leafFromValue(value, type: type)
    }
}

private func inputObjectFromValue(_ value: JSONValue, type: NamedType, schema: Schema) -> ValueNode? {
    guard case .object(let object) = value else { return nil }
    let fields = type.inputFields.compactMap { field -> ObjectFieldNode? in
        guard let member = object[field.name], let node = astFromValue(member, type: field.type, schema: schema) else {
            return nil
        }
        return ObjectFieldNode(name: NameNode(value: field.name, range: .none), value: node, range: .none)
    }
    return .object(fields, .none)
}

private func leafFromValue(_ value: JSONValue, type: NamedType) -> ValueNode? {
    guard let coerced = try? type.coerceLeaf(value) else { return nil }
    guard case .string(let text) = coerced else {
        // As graphql-js shows floats: 1.50 becomes 1.5.
        return ValueNode(type.name == SpecifiedScalar.float.rawValue ? coerced.withShortestNumbers : coerced)
    }
    if type.kind == .enumeration { return .enumeration(text, .none) }
    if type.name == SpecifiedScalar.id.rawValue, JSONNumber(text: text)?.isInteger == true { return .int(text, .none) }
    return ValueNode(coerced)
}

extension JSONValue {
    /// The value with its numbers as JavaScript writes them: with the fewest digits that parse to the same double.
    var withShortestNumbers: JSONValue {
        switch self {
        case .number(let number): .number(number.doubleValue.flatMap { JSONNumber($0) } ?? number)
        case .array(let items): .array(items.map(\.withShortestNumbers))
        case .object(let object): .object(JSONObject(object.map { ($0, $1.withShortestNumbers) }))
        case .null, .bool, .string: self
        }
    }
}

extension SourceRange {
    /// The range of nodes without a source.
    fileprivate static let none = SourceRange(start: 0, end: 0)
}
