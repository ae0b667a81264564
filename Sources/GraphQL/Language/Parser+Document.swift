extension Document {
    /// Parses a document of executable and type system definitions.
    ///
    /// https://spec.graphql.org/September2025/#Document
    ///
    /// A definition cannot continue in another part of the source: each file has complete definitions or none.
    package init(parsing source: Source, limits: ParserLimits = .unlimited) throws(SyntaxError) {
        self = try SourceBytes.read(source) { bytes throws(SyntaxError) in
            guard source.parts.count == 1 else { return try Parser.document(ofParts: source, bytes, limits: limits) }
            var parser = Parser(bytes, limits: limits)
            let definitions = try parser.many(.startOfFile, .endOfFile) { parser throws(SyntaxError) in
                try parser.definition()
            }
            return Document(definitions: definitions, source: source, tokenCount: parser.tokenCount)
        }
    }
}

extension ValueNode {
    /// Parses a single value, which may have variables.
    ///
    /// https://spec.graphql.org/September2025/#Value
    package init(parsing source: Source, limits: ParserLimits = .unlimited) throws(SyntaxError) {
        self = try Parser.parse(source, limits: limits) { parser throws(SyntaxError) in
            try parser.value(isConstant: false)
        }
    }

    /// Parses a single value without variables.
    ///
    /// https://spec.graphql.org/September2025/#Value
    package init(parsingConstant source: Source, limits: ParserLimits = .unlimited) throws(SyntaxError) {
        self = try Parser.parse(source, limits: limits) { parser throws(SyntaxError) in
            try parser.value(isConstant: true)
        }
    }
}

extension TypeNode {
    /// Parses a single type reference.
    ///
    /// https://spec.graphql.org/September2025/#Type
    package init(parsing source: Source, limits: ParserLimits = .unlimited) throws(SyntaxError) {
        self = try Parser.parse(source, limits: limits) { parser throws(SyntaxError) in try parser.type() }
    }
}

extension Parser {
    /// Parses a document of several parts, some of which may be empty.
    fileprivate static func document(
        ofParts source: Source,
        _ bytes: SourceBytes,
        limits: ParserLimits
    ) throws(SyntaxError) -> Document {
        var definitions: [DefinitionNode] = []
        var tokenCount = 0
        for (index, part) in source.parts.enumerated() {
            let text = bytes.prefix(source.text(of: index).endIndex)
            var parser = Parser(text, from: part.start, after: tokenCount, limits: limits)
            try parser.expect(.startOfFile)
            while parser.token.kind != .endOfFile { definitions.append(try parser.definition()) }
            tokenCount = parser.tokenCount
            let isLast = index == source.parts.indices.last
            if isLast, definitions.isEmpty { throw parser.unexpected(parser.token) }
        }
        return Document(definitions: definitions, source: source, tokenCount: tokenCount)
    }

    /// Parses a source that is one production and nothing else.
    fileprivate static func parse<Node>(
        _ source: Source,
        limits: ParserLimits,
        _ production: (inout Parser) throws(SyntaxError) -> Node
    ) throws(SyntaxError) -> Node {
        try SourceBytes.read(source) { bytes throws(SyntaxError) in
            var parser = Parser(bytes, limits: limits)
            try parser.expect(.startOfFile)
            let node = try production(&parser)
            try parser.expect(.endOfFile)
            return node
        }
    }

    /// Reads one definition; its description, if any, is found by its keyword, one token ahead.
    ///
    /// https://spec.graphql.org/September2025/#Definition
    mutating func definition() throws(SyntaxError) -> DefinitionNode {
        let hasDescription = isAtDescription
        let keyword = hasDescription ? try lexer.token(from: token.end) : token
        if keyword.kind == .braceLeft {
            if hasDescription {
                throw SyntaxError(
                    "Unexpected description, descriptions are not supported on shorthand queries.",
                    at: token.start
                )
            }
            return .operation(try shorthandQuery())
        }
        guard keyword.kind == .name else { throw unexpected(keyword) }
        switch text(of: keyword) {
        case "query", "mutation", "subscription": return .operation(try operation())
        case "fragment": return .fragment(try fragment())
        case "schema": return .schema(try schema(isExtension: false))
        case "scalar": return .type(try typeDefinition(.scalar))
        case "type": return .type(try typeDefinition(.object))
        case "interface": return .type(try typeDefinition(.interface))
        case "union": return .type(try typeDefinition(.union))
        case "enum": return .type(try typeDefinition(.enumeration))
        case "input": return .type(try typeDefinition(.inputObject))
        case "directive": return .directive(try directiveDefinition())
        case _ where hasDescription:
            throw SyntaxError(
                "Unexpected description, only GraphQL definitions support descriptions.",
                at: token.start
            )
        case "extend": return try typeSystemExtension()
        default: throw unexpected(keyword)
        }
    }

    /// Whether the current token is a string, which before a definition is its description.
    var isAtDescription: Bool { token.kind == .string || token.kind == .blockString }

    /// Reads a description, if there is one.
    ///
    /// https://spec.graphql.org/September2025/#Description
    mutating func description() throws(SyntaxError) -> StringNode? {
        isAtDescription ? try string() : nil
    }

    /// Parses a name.
    ///
    /// https://spec.graphql.org/September2025/#Name
    mutating func name() throws(SyntaxError) -> NameNode {
        let start = token
        try expect(.name)
        return NameNode(value: text(of: start), range: range(from: start.start))
    }
}
