// Type system definitions and extensions.

extension Parser {
    /// Reads a schema definition or extension.
    ///
    /// https://spec.graphql.org/September2025/#SchemaDefinition and
    /// https://spec.graphql.org/September2025/#SchemaExtension
    mutating func schema(isExtension: Bool) throws(SyntaxError) -> SchemaDefinitionNode {
        let start = token.start
        let description = isExtension ? nil : try description()
        if isExtension { try expect(keyword: "extend") }
        try expect(keyword: "schema")
        let directives = try directives(isConstant: true)
        let operationTypes =
            isExtension && token.kind != .braceLeft
            ? []
            : try many(.braceLeft, .braceRight) { parser throws(SyntaxError) in try parser.operationTypeDefinition() }
        if isExtension, directives.isEmpty, operationTypes.isEmpty { throw unexpected(token) }
        return SchemaDefinitionNode(
            isExtension: isExtension,
            description: description,
            directives: directives,
            operationTypes: operationTypes,
            range: range(from: start)
        )
    }

    /// Reads a root operation type.
    ///
    /// https://spec.graphql.org/September2025/#RootOperationTypeDefinition
    private mutating func operationTypeDefinition() throws(SyntaxError) -> OperationTypeDefinitionNode {
        let start = token.start
        let operation = try operationType()
        try expect(.colon)
        let type = try namedType()
        return OperationTypeDefinitionNode(operation: operation, type: type, range: range(from: start))
    }

    /// Parses an extension after the current token, which is `extend`.
    ///
    /// https://spec.graphql.org/September2025/#TypeSystemExtension
    mutating func typeSystemExtension() throws(SyntaxError) -> DefinitionNode {
        let keyword = try lexer.token(from: token.end)
        guard keyword.kind == .name else { throw unexpected(keyword) }
        switch text(of: keyword) {
        case "schema": return .schema(try schema(isExtension: true))
        case "scalar": return .type(try typeExtension(.scalar))
        case "type": return .type(try typeExtension(.object))
        case "interface": return .type(try typeExtension(.interface))
        case "union": return .type(try typeExtension(.union))
        case "enum": return .type(try typeExtension(.enumeration))
        case "input": return .type(try typeExtension(.inputObject))
        default: throw unexpected(keyword)
        }
    }

    /// Reads a type of the kind that the keyword stated.
    ///
    /// https://spec.graphql.org/September2025/#TypeDefinition
    mutating func typeDefinition(_ kind: TypeKind) throws(SyntaxError) -> TypeDefinitionNode {
        let start = token.start
        let description = try description()
        try advance()
        return try namedTypeDefinition(kind, isExtension: false, description: description, start: start)
    }

    /// Like a definition, but must add something.
    ///
    /// https://spec.graphql.org/September2025/#TypeExtension
    private mutating func typeExtension(_ kind: TypeKind) throws(SyntaxError) -> TypeDefinitionNode {
        let start = token.start
        try advance()
        try advance()
        let node = try namedTypeDefinition(kind, isExtension: true, description: nil, start: start)
        if node.directives.isEmpty, node.members.isEmpty { throw unexpected(token) }
        return node
    }

    /// Parses a type definition, beginning with its name.
    private mutating func namedTypeDefinition(
        _ kind: TypeKind,
        isExtension: Bool,
        description: StringNode?,
        start: Int
    ) throws(SyntaxError) -> TypeDefinitionNode {
        let name = try name()
        var members = TypeDefinitionNode.Members()
        if kind == .object || kind == .interface { members.interfaces = try implementedInterfaces() }
        let directives = try directives(isConstant: true)
        switch kind {
        case .scalar: break
        case .object, .interface: members.fields = try fieldDefinitions()
        case .union: members.types = try memberTypes()
        case .enumeration: members.values = try enumValues()
        case .inputObject: members.inputFields = try inputValues(.braceLeft, .braceRight)
        }
        return TypeDefinitionNode(
            kind: kind,
            isExtension: isExtension,
            description: description,
            name: name,
            directives: directives,
            members: members,
            range: range(from: start)
        )
    }
}

// The parts of type definitions.
extension Parser {
    /// Parses the interfaces of a type, if there are any.
    ///
    /// https://spec.graphql.org/September2025/#ImplementsInterfaces
    private mutating func implementedInterfaces() throws(SyntaxError) -> [NamedTypeNode] {
        guard try skip(keyword: "implements") else { return [] }
        return try delimited(by: .ampersand) { parser throws(SyntaxError) in try parser.namedType() }
    }

    /// Parses the members of a union, if there are any.
    ///
    /// https://spec.graphql.org/September2025/#UnionMemberTypes
    private mutating func memberTypes() throws(SyntaxError) -> [NamedTypeNode] {
        guard try skip(.equals) else { return [] }
        return try delimited(by: .pipe) { parser throws(SyntaxError) in try parser.namedType() }
    }

    /// Reads the fields of a type, if it has any.
    ///
    /// https://spec.graphql.org/September2025/#FieldsDefinition
    private mutating func fieldDefinitions() throws(SyntaxError) -> [FieldDefinitionNode] {
        try optionalMany(.braceLeft, .braceRight) { parser throws(SyntaxError) in
            let start = parser.token.start
            let description = try parser.description()
            let name = try parser.name()
            let arguments = try parser.inputValues(.parenthesisLeft, .parenthesisRight)
            try parser.expect(.colon)
            let type = try parser.type()
            let directives = try parser.directives(isConstant: true)
            return FieldDefinitionNode(
                description: description,
                name: name,
                arguments: arguments,
                type: type,
                directives: directives,
                range: parser.range(from: start)
            )
        }
    }

    /// Reads argument or input field definitions, if there are any.
    ///
    /// https://spec.graphql.org/September2025/#ArgumentsDefinition and
    /// https://spec.graphql.org/September2025/#InputFieldsDefinition
    private mutating func inputValues(
        _ open: TokenKind,
        _ close: TokenKind
    ) throws(SyntaxError) -> [InputValueDefinitionNode] {
        try optionalMany(open, close) { parser throws(SyntaxError) in
            let start = parser.token.start
            let description = try parser.description()
            let name = try parser.name()
            try parser.expect(.colon)
            let type = try parser.type()
            let defaultValue = try parser.skip(.equals) ? try parser.value(isConstant: true) : nil
            let directives = try parser.directives(isConstant: true)
            return InputValueDefinitionNode(
                description: description,
                name: name,
                type: type,
                defaultValue: defaultValue,
                directives: directives,
                range: parser.range(from: start)
            )
        }
    }

    /// Reads the values of an enum, if it has any.
    ///
    /// https://spec.graphql.org/September2025/#EnumValuesDefinition
    private mutating func enumValues() throws(SyntaxError) -> [EnumValueDefinitionNode] {
        try optionalMany(.braceLeft, .braceRight) { parser throws(SyntaxError) in
            let start = parser.token.start
            let description = try parser.description()
            let name = try parser.enumValueName()
            let directives = try parser.directives(isConstant: true)
            return EnumValueDefinitionNode(
                description: description,
                name: name,
                directives: directives,
                range: parser.range(from: start)
            )
        }
    }

    /// Parses the name of an enum value.
    ///
    /// https://spec.graphql.org/September2025/#EnumValue
    private mutating func enumValueName() throws(SyntaxError) -> NameNode {
        if let word = value(of: token), ["true", "false", "null"].contains(word) {
            throw SyntaxError("\(described(token)) is reserved and cannot be used for an enum value.", at: token.start)
        }
        return try name()
    }

    /// Reads a directive definition.
    ///
    /// https://spec.graphql.org/September2025/#DirectiveDefinition
    mutating func directiveDefinition() throws(SyntaxError) -> DirectiveDefinitionNode {
        let start = token.start
        let description = try description()
        try expect(keyword: "directive")
        try expect(.at)
        let name = try name()
        let arguments = try inputValues(.parenthesisLeft, .parenthesisRight)
        let isRepeatable = try skip(keyword: "repeatable")
        try expect(keyword: "on")
        let locations = try delimited(by: .pipe) { parser throws(SyntaxError) in try parser.directiveLocation() }
        return DirectiveDefinitionNode(
            description: description,
            name: name,
            arguments: arguments,
            isRepeatable: isRepeatable,
            locations: locations,
            range: range(from: start)
        )
    }

    /// Parses a directive location.
    ///
    /// https://spec.graphql.org/September2025/#DirectiveLocation
    private mutating func directiveLocation() throws(SyntaxError) -> NameNode {
        let start = token
        let name = try name()
        guard DirectiveLocation(rawValue: name.value) != nil else { throw unexpected(start) }
        return name
    }
}

extension TypeDefinitionNode.Members {
    /// Whether the definition only has a name and directives.
    fileprivate var isEmpty: Bool {
        interfaces.isEmpty && fields.isEmpty && types.isEmpty && values.isEmpty && inputFields.isEmpty
    }
}
