/// A JSON value of its own, for small values and those that are changed.
package enum JSONValue: Sendable {
    /// The value `null`.
    case null
    /// The value `true` or `false`.
    case bool(Bool)
    /// A number with its text.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// A list of values.
    case array([JSONValue])
    /// Values by name.
    case object(JSONObject)

    /// Makes the number of an integer.
    package static func integer(_ value: Int) -> JSONValue {
        .number(JSONNumber(value))
    }
}

extension JSONValue: Hashable {
    /// Compares values; strings byte by byte, numbers by their text.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): ExactString(left) == ExactString(right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
        }
    }

    /// Hashes the same content that `==` compares.
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .number(let number): hasher.combine(number)
        case .string(let string): hasher.combine(ExactString(string))
        case .array(let elements): hasher.combine(elements)
        case .object(let object): hasher.combine(object)
        }
    }
}

extension JSONValue {
    /// Whether the value is `null`.
    package var isNull: Bool { self == .null }

    /// The value of `true` or `false`, nil for other values.
    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, nil for other values.
    package var numberValue: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The value of a number that is whole and fits into `Int`, nil for other values.
    package var intValue: Int? { numberValue?.intValue }

    /// The nearest double of a number, nil for other values.
    package var doubleValue: Double? { numberValue?.doubleValue }

    /// The string, nil for other values.
    package var stringValue: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The elements of an array, nil for other values.
    package var arrayValue: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object, nil for other values.
    package var objectValue: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The value of an object's member, nil if there is none or the value is no object.
    package subscript(key: String) -> JSONValue? { objectValue?[key] }

    /// The element of an array, nil if there is none or the value is no array.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}
