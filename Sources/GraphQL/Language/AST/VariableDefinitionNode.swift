/// A variable's declaration.
///
/// https://spec.graphql.org/September2025/#VariableDefinition
package struct VariableDefinitionNode: Sendable {
    package let description: StringNode?
    package let variable: VariableNode
    package let type: TypeNode
    package let defaultValue: ValueNode?
    package let directives: [DirectiveNode]
    package let range: SourceRange

    package init(
        description: StringNode?,
        variable: VariableNode,
        type: TypeNode,
        defaultValue: ValueNode?,
        directives: [DirectiveNode],
        range: SourceRange
    ) {
        self.description = description
        self.variable = variable
        self.type = type
        self.defaultValue = defaultValue
        self.directives = directives
        self.range = range
    }
}
