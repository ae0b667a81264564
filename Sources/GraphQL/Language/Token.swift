/// A lexical token with its range in the source; its text is only copied when a node needs it.
///
/// https://spec.graphql.org/September2025/#sec-Language.Source-Text.Lexical-Tokens
struct Token {
    let kind: TokenKind
    let start: Int
    let end: Int
    /// Whether a string has a backslash, so that its value differs from its text.
    var isEscaped = false
}
