package import JSON

/// Coerces a literal to an input type; nil if it is not valid for the type.
///
/// A variable's value has been coerced to the variable's own type, which is compatible in a valid document.
/// If `variables` is nil, variables are not allowed; a variable then counts as missing.
package func valueFromAST(
    _ node: ValueNode,
    type: TypeReference,
    schema: Schema,
    variables: VariableValues?
) -> JSONValue? {
    var coercion = LiteralCoercion(schema: schema, variables: variables)
    return coercion.coerce(node, to: type)
}

extension Schema {
    /// The coerced default of an argument or input field, including the defaults in it.
    ///
    /// Nil if there is none, or if it is invalid for the type.
    package func defaultValue(of definition: InputValueDefinition) -> JSONValue? { definition.coercedDefault }

    /// Coerces the defaults of definitions that have no coerced default yet, each once.
    ///
    /// - Parameter definitions: Arguments and input fields with nodes.
    /// - Returns: The coerced defaults by the definition's node; invalid ones are left out.
    func coerceDefaults(of definitions: [InputValueDefinition]) -> [ObjectIdentifier: JSONValue] {
        var coercion = LiteralCoercion(schema: self, variables: nil)
        var defaults: [ObjectIdentifier: JSONValue] = [:]
        for definition in definitions {
            guard let node = definition.node, let value = coercion.defaultValue(of: definition) else { continue }
            defaults[ObjectIdentifier(node)] = value
        }
        return defaults
    }
}

private struct LiteralCoercion {
    let schema: Schema
    var variables: VariableValues?
    /// Fields whose defaults are being coerced.
    ///
    /// A default that contains itself would not end. Inside of itself it is null, which is never visible, as a schema
    /// with such a default is not valid.
    private var pendingDefaults: Set<ObjectIdentifier> = []
    /// The defaults that have been coerced while the schema is being built; nil for invalid ones.
    private var coercedDefaults: [ObjectIdentifier: JSONValue?] = [:]

    init(schema: Schema, variables: VariableValues?) {
        self.schema = schema
        self.variables = variables
    }

    mutating func coerce(_ node: ValueNode, to type: TypeReference) -> JSONValue? {
        if case .variable(let variable) = node {
            let value = variables?[variable.name.value]
            if type.isNonNull, case .null? = value { return nil }
            return value
        }
        if case .nonNull(let nullable) = type {
            if case .null = node { return nil }
            return coerce(node, to: nullable)
        }
        if case .null = node { return .null }
        switch type {
        case .nonNull: return nil
        case .list(let itemType): return coerce(node, toListOf: itemType)
        case .named(let id):
            let type = schema[id]
            if type.kind == .inputObject { return coerce(node, toInputObject: type) }
            return type.isLeaf ? try? type.coerceLeaf(node, variables: variables) : nil
        }
    }

    private mutating func coerce(_ node: ValueNode, toListOf itemType: TypeReference) -> JSONValue? {
        guard case .list(let items, _) = node else {
            return coerce(node, to: itemType).map { .array([$0]) }
        }
        var coerced: [JSONValue] = []
        coerced.reserveCapacity(items.count)
        for item in items {
            if isMissingVariable(item), !itemType.isNonNull {
                coerced.append(.null)
            } else if let item = coerce(item, to: itemType) {
                coerced.append(item)
            } else {
                return nil
            }
        }
        return .array(coerced)
    }

    private mutating func coerce(_ node: ValueNode, toInputObject type: NamedType) -> JSONValue? {
        guard case .object(let nodes, _) = node else { return nil }
        var coerced = JSONObject()
        for field in type.inputFields {
            if let node = nodes.last(where: { $0.name.value == field.name }), !isMissingVariable(node.value) {
                guard let value = coerce(node.value, to: field.type) else { return nil }
                coerced[field.name] = value
            } else if let value = defaultValue(of: field) {
                coerced[field.name] = value
            } else if field.type.isNonNull {
                return nil
            }
        }
        if type.isOneOf {
            guard coerced.count == 1, coerced.values.first != .null else { return nil }
        }
        return .object(coerced)
    }

    mutating func defaultValue(of definition: InputValueDefinition) -> JSONValue? {
        if let value = definition.coercedDefault { return value }
        guard let node = definition.defaultValue else { return nil }
        let key = ObjectIdentifier(definition)
        if let known = coercedDefaults[key] { return known }
        guard pendingDefaults.insert(key).inserted else { return .null }
        defer { pendingDefaults.remove(key) }
        let value = coerce(node, to: definition.type)
        coercedDefaults[key] = .some(value)
        return value
    }

    private func isMissingVariable(_ node: ValueNode) -> Bool {
        guard case .variable(let variable) = node else { return false }
        return variables?[variable.name.value] == nil
    }
}
