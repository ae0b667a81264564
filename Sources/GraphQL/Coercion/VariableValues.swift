package import JSON

/// The coerced variables of a request; an absent variable differs from a null one.
///
/// https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values
package struct VariableValues: Sendable, Hashable {
    /// The variables that have a value, in order of their definition.
    package private(set) var values: JSONObject

    package init(_ values: JSONObject = JSONObject()) {
        self.values = values
    }

    /// The value of a variable; nil: it is neither provided nor has a default.
    package subscript(name: String) -> JSONValue? {
        get { values[name] }
        set { values[name] = newValue }
    }
}
