/// Bounds on a document that hold before anything is known of its meaning.
package struct ParserLimits: Sendable, Hashable {
    /// How many tokens a document may hold, comments not counted; nil for any number.
    package var maximumTokens: Int?
    /// How deep brackets and braces may be nested; bounds the recursion of the parser and of all that walk its nodes.
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
