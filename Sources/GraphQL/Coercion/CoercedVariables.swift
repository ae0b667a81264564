/// The coerced variables of a request, or their errors.
package enum CoercedVariables: Sendable, Hashable {
    case values(VariableValues)
    /// At least one request error, in the order of the variables' definitions.
    case errors([GraphQLError])
}
