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
