/// An input value as written.
///
/// https://spec.graphql.org/September2025/#sec-Input-Values
package indirect enum ValueNode: Sendable {
    case variable(VariableNode)
    /// An integer, as its source text.
    case int(String, SourceRange)
    /// A number with a fraction or an exponent, as its source text.
    case float(String, SourceRange)
    case string(StringNode)
    case boolean(Bool, SourceRange)
    case null(SourceRange)
    case enumeration(String, SourceRange)
    case list([ValueNode], SourceRange)
    case object([ObjectFieldNode], SourceRange)

    /// Where the value stands.
    package var range: SourceRange {
        switch self {
        case .variable(let node): node.range
        case .string(let node): node.range
        case .int(_, let range), .float(_, let range), .boolean(_, let range), .null(let range),
            .enumeration(_, let range), .list(_, let range), .object(_, let range):
            range
        }
    }
}

/// One field of an input object as written.
///
/// https://spec.graphql.org/September2025/#ObjectField
package struct ObjectFieldNode: Sendable {
    package let name: NameNode
    package let value: ValueNode
    package let range: SourceRange

    package init(name: NameNode, value: ValueNode, range: SourceRange) {
        self.name = name
        self.value = value
        self.range = range
    }
}

/// A type reference as written.
///
/// https://spec.graphql.org/September2025/#sec-Type-References
package indirect enum TypeNode: Sendable {
    case named(NamedTypeNode)
    case list(TypeNode, SourceRange)
    case nonNull(TypeNode, SourceRange)

    /// Where the reference stands.
    package var range: SourceRange {
        switch self {
        case .named(let node): node.range
        case .list(_, let range), .nonNull(_, let range): range
        }
    }

    /// The named type inside all wrappers.
    package var namedType: NamedTypeNode {
        switch self {
        case .named(let node): node
        case .list(let item, _): item.namedType
        case .nonNull(let item, _): item.namedType
        }
    }
}

/// A type named in a document.
package struct NamedTypeNode: Sendable {
    package let name: NameNode

    package init(name: NameNode) {
        self.name = name
    }

    /// Where the name stands.
    package var range: SourceRange { name.range }
}
