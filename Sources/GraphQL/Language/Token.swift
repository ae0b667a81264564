/// A lexical token's place in its source; its text stays in the source until a node needs it.
///
/// https://spec.graphql.org/September2025/#sec-Language.Source-Text.Lexical-Tokens
struct Token {
    let kind: TokenKind
    let start: Int
    let end: Int
    /// Whether a string holds a backslash, so that its value differs from its text.
    var isEscaped = false
}
