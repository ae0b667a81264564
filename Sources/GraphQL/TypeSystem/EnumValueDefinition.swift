/// A value of an enum.
///
/// https://spec.graphql.org/September2025/#sec-Enums
package final class EnumValueDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let deprecationReason: String?
    package let directives: [DirectiveNode]
    /// The definition in the schema document; nil for built-in ones.
    package let node: EnumValueDefinitionNode?

    package init(
        name: String,
        description: String?,
        deprecationReason: String? = nil,
        directives: [DirectiveNode] = [],
        node: EnumValueDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.deprecationReason = deprecationReason
        self.directives = directives
        self.node = node
    }
}
