package import JSON

// Input coercion of scalars and enums. Custom scalars accept any value unchanged.

extension NamedType {
    /// Coerces a JSON value, which is not null, to this scalar or enum.
    package func coerceLeaf(_ value: JSONValue) throws(CoercionError) -> JSONValue {
        if kind == .enumeration {
            guard case .string(let name) = value else {
                let shown = inspect(value)
                throw CoercionError(
                    "Enum \"\(self.name)\" cannot represent non-string value: \(shown).\(suggestions(for: shown))"
                )
            }
            return try enumValue(named: name)
        }
        return try SpecifiedScalar(rawValue: name)?.coerce(value) ?? value
    }

    /// Coerces a literal, which is neither null nor a variable, to this scalar or enum.
    ///
    /// The variables are those within a literal of a custom scalar.
    package func coerceLeaf(
        _ literal: ValueNode,
        variables: VariableValues? = nil
    ) throws(CoercionError) -> JSONValue {
        if kind == .enumeration {
            guard case .enumeration(let name, _) = literal else {
                let shown = literal.text
                throw CoercionError(
                    "Enum \"\(self.name)\" cannot represent non-enum value: \(shown).\(suggestions(for: shown))"
                )
            }
            return try enumValue(named: name)
        }
        if let scalar = SpecifiedScalar(rawValue: name) { return try scalar.coerce(literal) }
        return literal.jsonValue(variables: variables) ?? .null
    }

    /// The enum value with a name, as a string.
    ///
    /// https://spec.graphql.org/September2025/#sec-Enums.Input-Coercion
    private func enumValue(named name: String) throws(CoercionError) -> JSONValue {
        // Compared byte by byte, as Swift strings with other Unicode normalization are equal.
        guard let value = values[name], value.name.utf8.elementsEqual(name.utf8) else {
            throw CoercionError(
                "Value \"\(name)\" does not exist in \"\(self.name)\" enum.\(suggestions(for: name))"
            )
        }
        return .string(value.name)
    }

    private func suggestions(for shown: String) -> String {
        didYouMean(suggestionList(shown, values.names), subMessage: "the enum value")
    }
}
