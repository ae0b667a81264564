/// A recursive-descent parser with one token of lookahead.
///
/// https://spec.graphql.org/September2025/#sec-Appendix-Grammar-Summary
///
/// The grammar is in the extensions; here is what every production uses.
struct Parser {
    let lexer: Lexer
    private(set) var token = Token(kind: .startOfFile, start: 0, end: 0)
    /// The end of the token before the current one, as a byte offset.
    private var previousEnd = 0
    private let limits: ParserLimits
    /// The number of tokens so far, without the end of the file.
    private(set) var tokenCount = 0
    private var depth = 0

    init(_ bytes: SourceBytes, limits: ParserLimits) {
        lexer = Lexer(bytes: bytes)
        self.limits = limits
    }

    /// A parser of the part of a text that begins at an offset and ends with the bytes, after so many tokens of the parts before.
    init(_ bytes: SourceBytes, from start: Int, after tokenCount: Int, limits: ParserLimits) {
        self.init(bytes, limits: limits)
        token = Token(kind: .startOfFile, start: start, end: start)
        self.tokenCount = tokenCount
    }

    /// Moves on to the next token.
    mutating func advance() throws(SyntaxError) {
        previousEnd = token.end
        token = try lexer.token(from: token.end)
        guard token.kind != .endOfFile else { return }
        tokenCount += 1
        if let maximum = limits.maximumTokens, tokenCount > maximum {
            throw SyntaxError("Document contains more that \(maximum) tokens. Parsing aborted.", at: token.start)
        }
    }

    /// Moves past a token of a kind, and returns whether there was one.
    mutating func skip(_ kind: TokenKind) throws(SyntaxError) -> Bool {
        guard token.kind == kind else { return false }
        try advance()
        return true
    }

    /// Moves past a token that must be of a kind.
    mutating func expect(_ kind: TokenKind) throws(SyntaxError) {
        guard token.kind == kind else {
            throw SyntaxError("Expected \(kind.text), found \(described(token)).", at: token.start)
        }
        try advance()
    }

    /// Moves past a keyword, and returns whether it was there.
    mutating func skip(keyword: StaticString) throws(SyntaxError) -> Bool {
        guard isKeyword(keyword) else { return false }
        try advance()
        return true
    }

    /// Moves past a keyword that must be there.
    mutating func expect(keyword: StaticString) throws(SyntaxError) {
        guard isKeyword(keyword) else {
            throw SyntaxError("Expected \"\(keyword)\", found \(described(token)).", at: token.start)
        }
        try advance()
    }

    private func isKeyword(_ keyword: StaticString) -> Bool {
        token.kind == .name && lexer.bytes.matches(keyword, from: token.start, to: token.end)
    }

    /// The range from an offset to the last token that was moved past.
    func range(from start: Int) -> SourceRange { SourceRange(start: start, end: previousEnd) }

    /// Counts a level of nesting that begins at the current token; `leave` ends it.
    mutating func enter() throws(SyntaxError) {
        depth += 1
        if depth > limits.maximumDepth {
            throw SyntaxError(
                "Document is nested deeper than \(limits.maximumDepth) levels. Parsing aborted.",
                at: token.start
            )
        }
    }

    /// Ends a level of nesting.
    mutating func leave() { depth -= 1 }
}

// Lists.
extension Parser {
    /// Reads one or more items between two punctuators, of which so many are likely.
    mutating func many<Item>(
        _ open: TokenKind,
        _ close: TokenKind,
        expecting capacity: Int = 1,
        _ item: (inout Parser) throws(SyntaxError) -> Item
    ) throws(SyntaxError) -> [Item] {
        try expect(open)
        var items: [Item] = []
        items.reserveCapacity(capacity)
        repeat {
            items.append(try item(&self))
        } while try !skip(close)
        return items
    }

    /// Reads one or more items between two punctuators, or nothing if the first is not there.
    mutating func optionalMany<Item>(
        _ open: TokenKind,
        _ close: TokenKind,
        _ item: (inout Parser) throws(SyntaxError) -> Item
    ) throws(SyntaxError) -> [Item] {
        token.kind == open ? try many(open, close, item) : []
    }

    /// Reads one or more items with a punctuator between them, and perhaps before the first.
    mutating func delimited<Item>(
        by delimiter: TokenKind,
        _ item: (inout Parser) throws(SyntaxError) -> Item
    ) throws(SyntaxError) -> [Item] {
        _ = try skip(delimiter)
        var items: [Item] = []
        repeat {
            items.append(try item(&self))
        } while try skip(delimiter)
        return items
    }
}

// Tokens as text.
extension Parser {
    /// The text of a token that is a name or number.
    func text(of token: Token) -> String { lexer.bytes.string(from: token.start, to: token.end) }

    /// A token's text, if its kind does not already state it.
    func value(of token: Token) -> String? {
        switch token.kind {
        case .name, .int, .float: text(of: token)
        case .string, .blockString: lexer.value(ofString: token)
        case .startOfFile, .endOfFile, .bang, .dollar, .ampersand, .parenthesisLeft, .parenthesisRight, .spread,
            .colon, .equals, .at, .bracketLeft, .bracketRight, .braceLeft, .pipe, .braceRight:
            nil
        }
    }

    /// A token as error messages show it: its kind, and its value in quotes.
    func described(_ token: Token) -> String {
        value(of: token).map { "\(token.kind.text) \"\($0)\"" } ?? token.kind.text
    }

    /// The error for a token that is not allowed by the grammar.
    func unexpected(_ token: Token) -> SyntaxError {
        SyntaxError("Unexpected \(described(token)).", at: token.start)
    }
}
