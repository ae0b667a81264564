/// A summary of a written response.
package struct ResponseContents: Sendable {
    /// The ranges of root fields' values in the output, in bytes; nil: there are errors or no data.
    package let rootRanges: [Range<Int>]?
    /// The errors.
    package let errors: [GraphQLError]
    /// Whether its data is an object.
    package let hasData: Bool
    /// Whether a root field has a value that is not null.
    package let hasValues: Bool
}
