package import JSON

/// A field's arguments, coerced already where no variable is involved.
package enum PlannedArguments: Sendable {
    /// https://spec.graphql.org/September2025/#CoerceArgumentValues() of literals and defaults.
    case constant(JSONObject)
    /// Literals that cannot be coerced: the field fails with this error at each position.
    case invalid(GraphQLError)
    /// To be coerced with the variables of each execution.
    case variable([ArgumentNode])
}
