/// An input value in a document.
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

    /// The range of the value.
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
