/// A parsed GraphQL document.
///
/// https://spec.graphql.org/September2025/#sec-Document
package struct Document: Sendable {
    package let definitions: [DefinitionNode]
    package let source: Source
    /// How many tokens the text has; zero if the document was not made from a text.
    package let tokenCount: Int

    package init(definitions: [DefinitionNode], source: Source, tokenCount: Int = 0) {
        self.definitions = definitions
        self.source = source
        self.tokenCount = tokenCount
    }
}

/// One definition of a document.
///
/// https://spec.graphql.org/September2025/#Definition
package enum DefinitionNode: Sendable {
    case operation(OperationDefinitionNode)
    case fragment(FragmentDefinitionNode)
    case schema(SchemaDefinitionNode)
    case type(TypeDefinitionNode)
    case directive(DirectiveDefinitionNode)

    /// Where the definition stands, its description included.
    package var range: SourceRange {
        switch self {
        case .operation(let node): node.range
        case .fragment(let node): node.range
        case .schema(let node): node.range
        case .type(let node): node.range
        case .directive(let node): node.range
        }
    }
}

/// A name and where it stands.
///
/// https://spec.graphql.org/September2025/#sec-Names
package struct NameNode: Sendable {
    package let value: String
    package let range: SourceRange

    package init(value: String, range: SourceRange) {
        self.value = value
        self.range = range
    }
}

/// A description.
///
/// https://spec.graphql.org/September2025/#sec-Descriptions
package struct StringNode: Sendable {
    package let value: String
    package let isBlock: Bool
    package let range: SourceRange

    package init(value: String, isBlock: Bool, range: SourceRange) {
        self.value = value
        self.isBlock = isBlock
        self.range = range
    }
}
