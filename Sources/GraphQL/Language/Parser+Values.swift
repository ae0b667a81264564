// Values, arguments, directives and type references. "Constant" is the grammar's `[Const]`: no variables.

extension Parser {
    /// Reads a value of any kind.
    ///
    /// https://spec.graphql.org/September2025/#Value
    mutating func value(isConstant: Bool) throws(SyntaxError) -> ValueNode {
        let start = token
        switch start.kind {
        case .bracketLeft: return try list(isConstant: isConstant)
        case .braceLeft: return try object(isConstant: isConstant)
        case .string, .blockString: return .string(try string())
        case .dollar: return .variable(isConstant ? try refusedVariable() : try variable())
        case .int:
            try advance()
            return .int(text(of: start), range(from: start.start))
        case .float:
            try advance()
            return .float(text(of: start), range(from: start.start))
        case .name:
            try advance()
            return named(text(of: start), range: range(from: start.start))
        case .startOfFile, .endOfFile, .bang, .ampersand, .parenthesisLeft, .parenthesisRight, .spread, .colon, .equals,
            .at, .bracketRight, .pipe, .braceRight:
            throw unexpected(start)
        }
    }

    /// The value of a name: a boolean, null or an enum value.
    ///
    /// https://spec.graphql.org/September2025/#BooleanValue
    private func named(_ name: String, range: SourceRange) -> ValueNode {
        switch name {
        case "true": .boolean(true, range)
        case "false": .boolean(false, range)
        case "null": .null(range)
        default: .enumeration(name, range)
        }
    }

    /// Reads a string of either kind.
    ///
    /// https://spec.graphql.org/September2025/#StringValue
    mutating func string() throws(SyntaxError) -> StringNode {
        let start = token
        try advance()
        return StringNode(
            value: lexer.value(ofString: start),
            isBlock: start.kind == .blockString,
            range: range(from: start.start)
        )
    }

    /// Reads a variable.
    ///
    /// https://spec.graphql.org/September2025/#Variable
    mutating func variable() throws(SyntaxError) -> VariableNode {
        let start = token.start
        try expect(.dollar)
        let name = try name()
        return VariableNode(name: name, range: range(from: start))
    }

    /// Always throws: the current token is the dollar sign of a variable where none is allowed.
    private mutating func refusedVariable() throws(SyntaxError) -> VariableNode {
        let start = token
        try expect(.dollar)
        guard token.kind == .name else { throw unexpected(start) }
        throw SyntaxError("Unexpected variable \"$\(text(of: token))\" in constant value.", at: start.start)
    }

    /// Reads a list.
    ///
    /// https://spec.graphql.org/September2025/#ListValue
    private mutating func list(isConstant: Bool) throws(SyntaxError) -> ValueNode {
        let start = token.start
        try enter()
        try expect(.bracketLeft)
        var values: [ValueNode] = []
        while try !skip(.bracketRight) {
            values.append(try value(isConstant: isConstant))
        }
        leave()
        return .list(values, range(from: start))
    }

    /// Reads an input object.
    ///
    /// https://spec.graphql.org/September2025/#ObjectValue
    private mutating func object(isConstant: Bool) throws(SyntaxError) -> ValueNode {
        let start = token.start
        try enter()
        try expect(.braceLeft)
        var fields: [ObjectFieldNode] = []
        while try !skip(.braceRight) {
            let start = token.start
            let name = try name()
            try expect(.colon)
            let value = try value(isConstant: isConstant)
            fields.append(ObjectFieldNode(name: name, value: value, range: range(from: start)))
        }
        leave()
        return .object(fields, range(from: start))
    }

    /// Reads arguments, if there are any.
    ///
    /// https://spec.graphql.org/September2025/#Arguments
    mutating func arguments(isConstant: Bool) throws(SyntaxError) -> [ArgumentNode] {
        try optionalMany(.parenthesisLeft, .parenthesisRight) { parser throws(SyntaxError) in
            let start = parser.token.start
            let name = try parser.name()
            try parser.expect(.colon)
            let value = try parser.value(isConstant: isConstant)
            return ArgumentNode(name: name, value: value, range: parser.range(from: start))
        }
    }

    /// Reads directives, if there are any.
    ///
    /// https://spec.graphql.org/September2025/#Directives
    mutating func directives(isConstant: Bool) throws(SyntaxError) -> [DirectiveNode] {
        var directives: [DirectiveNode] = []
        while token.kind == .at {
            let start = token.start
            try advance()
            let name = try name()
            let arguments = try arguments(isConstant: isConstant)
            directives.append(DirectiveNode(name: name, arguments: arguments, range: range(from: start)))
        }
        return directives
    }

    /// Reads a type reference.
    ///
    /// https://spec.graphql.org/September2025/#Type
    mutating func type() throws(SyntaxError) -> TypeNode {
        let start = token.start
        var type: TypeNode
        if token.kind == .bracketLeft {
            try enter()
            try advance()
            let item = try self.type()
            try expect(.bracketRight)
            leave()
            type = .list(item, range(from: start))
        } else {
            type = .named(try namedType())
        }
        if try skip(.bang) {
            type = .nonNull(type, range(from: start))
        }
        return type
    }

    /// Parses a type name.
    ///
    /// https://spec.graphql.org/September2025/#NamedType
    mutating func namedType() throws(SyntaxError) -> NamedTypeNode {
        NamedTypeNode(name: try name())
    }
}
