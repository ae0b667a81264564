/// What a response has that was written.
package struct ResponseContents: Sendable {
    /// Where the values of root fields lie in the output; nil if there are errors or no data.
    package let rootRanges: [Range<Int>]?
    /// Its errors.
    package let errors: [GraphQLError]
    /// Whether its data is an object.
    package let hasData: Bool
    /// Whether a root field has a value that is not null.
    package let hasValues: Bool
}
