package import JSON

/// The built-in scalars.
///
/// https://spec.graphql.org/September2025/#sec-Scalars.Built-in-Scalars
package enum SpecifiedScalar: String, Sendable, Hashable, CaseIterable {
    case int = "Int"
    case float = "Float"
    case string = "String"
    case boolean = "Boolean"
    case id = "ID"

    /// Coerces a JSON value, as in variables.
    package func coerce(_ value: JSONValue) throws(CoercionError) -> JSONValue {
        switch (self, value) {
        case (.string, .string), (.boolean, .bool), (.id, .string): return value
        case (.int, .number(let number)): return try int(number, value)
        case (.float, .number(let number)):
            // Beyond a double's range there is no finite value. Within it, the digits stay as they are written.
            guard number.doubleValue != nil else { throw refusal(inspect(value)) }
            return value
        case (.id, .number(let number)): return try id(number, value)
        case (.int, _), (.float, _), (.string, _), (.boolean, _): throw refusal(inspect(value))
        case (.id, _): throw CoercionError("ID cannot represent value: \(inspect(value))")
        }
    }

    /// Coerces a literal in a document.
    package func coerce(_ literal: ValueNode) throws(CoercionError) -> JSONValue {
        switch (self, literal) {
        case (.string, .string(let node)), (.id, .string(let node)): return .string(node.value)
        case (.id, .int(let digits, _)): return .string(digits)
        case (.boolean, .boolean(let value, _)): return .bool(value)
        case (.int, .int(let digits, _)):
            guard let value = Int32(digits) else { throw outOfRange(digits) }
            return .integer(Int(value))
        case (.float, .int(let digits, _)), (.float, .float(let digits, _)):
            // Also beyond a double's range, where graphql-js takes them for infinity.
            guard let value = JSONNumber(text: digits) else { throw refusal(digits) }
            return .number(value)
        case (.int, _), (.float, _), (.string, _), (.boolean, _), (.id, _): throw refusal(literal.text)
        }
    }

    /// Coerces a number to an integer of 32 bits.
    ///
    /// https://spec.graphql.org/September2025/#sec-Int.Input-Coercion
    private func int(_ number: JSONNumber, _ value: JSONValue) throws(CoercionError) -> JSONValue {
        // As a double, so that 3.0 and 3e0 are whole and 1e400 is not.
        guard let double = number.doubleValue, double.rounded() == double else { throw refusal(inspect(value)) }
        guard let int = Int32(exactly: double) else { throw outOfRange(inspect(value)) }
        return .integer(Int(int))
    }

    /// Converts an integer to a string of its digits, however many.
    ///
    /// https://spec.graphql.org/September2025/#sec-ID.Input-Coercion
    private func id(_ number: JSONNumber, _ value: JSONValue) throws(CoercionError) -> JSONValue {
        if number.isInteger { return .string(number.text == "-0" ? "0" : number.text) }
        guard let digits = number.wholeDigits else {
            throw CoercionError("ID cannot represent value: \(inspect(value))")
        }
        return .string(digits)
    }

    private func outOfRange(_ shown: String) -> CoercionError {
        CoercionError("Int cannot represent non 32-bit signed integer value: \(shown)")
    }

    private func refusal(_ shown: String) -> CoercionError {
        switch self {
        case .int: CoercionError("Int cannot represent non-integer value: \(shown)")
        case .float: CoercionError("Float cannot represent non numeric value: \(shown)")
        case .string: CoercionError("String cannot represent a non string value: \(shown)")
        case .boolean: CoercionError("Boolean cannot represent a non boolean value: \(shown)")
        case .id: CoercionError("ID cannot represent a non-string and non-integer value: \(shown)")
        }
    }
}
