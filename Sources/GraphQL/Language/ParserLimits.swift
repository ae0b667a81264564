/// Limits of a document that apply before it is validated.
package struct ParserLimits: Sendable, Hashable {
    /// The most tokens of a document, without comments; nil: any number.
    package var maximumTokens: Int?
    /// The greatest depth of brackets and braces; limits the recursion of the parser and of all visitors.
    package var maximumDepth: Int

    package init(maximumTokens: Int? = nil, maximumDepth: Int = 200) {
        self.maximumTokens = maximumTokens
        self.maximumDepth = maximumDepth
    }

    /// For documents of clients.
    package static let standard = ParserLimits(maximumTokens: 15_000)
    /// For documents of the operator, such as schema files: any number of tokens.
    package static let unlimited = ParserLimits()
}
