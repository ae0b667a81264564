/// The errors of a text that does not define a valid schema.
package struct SchemaErrors: Error, Sendable, Hashable {
    /// At least one error.
    package let errors: [GraphQLError]
}
