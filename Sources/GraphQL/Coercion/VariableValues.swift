package import JSON

/// The coerced variables of a request; one that is absent is not the same as one that is null.
///
/// https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values
package struct VariableValues: Sendable, Hashable {
    /// The variables that have a value, in order of their definition.
    package private(set) var values: JSONObject

    package init(_ values: JSONObject = JSONObject()) {
        self.values = values
    }

    /// The value of a variable; nil if it was neither given nor has a default.
    package subscript(name: String) -> JSONValue? {
        get { values[name] }
        set { values[name] = newValue }
    }
}
