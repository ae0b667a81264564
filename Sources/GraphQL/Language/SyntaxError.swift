/// The error of a text that is not a GraphQL document, with its offset.
///
/// https://spec.graphql.org/September2025/#sec-Language
package struct SyntaxError: Error, Sendable, Hashable {
    /// The whole message, `Syntax Error: ` included.
    package let message: String
    /// The byte of the source that the message is about.
    package let offset: Int

    /// Makes an error; the description follows `Syntax Error: ` in the message.
    package init(_ description: String, at offset: Int) {
        message = "Syntax Error: \(description)"
        self.offset = offset
    }

    /// The error as a response has it.
    package func graphQLError(in source: Source) -> GraphQLError {
        GraphQLError(message, locations: [source.location(at: offset)])
    }
}
