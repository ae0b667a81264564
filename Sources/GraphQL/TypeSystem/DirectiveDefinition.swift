/// A directive that a schema knows.
///
/// https://spec.graphql.org/September2025/#sec-Type-System.Directives
package final class DirectiveDefinition: NamedDefinition {
    package let name: String
    package let description: String?
    package let arguments: DefinitionMap<InputValueDefinition>
    package let isRepeatable: Bool
    package let locations: [DirectiveLocation]
    /// The definition in the schema document; nil for the specification's own directives.
    package let node: DirectiveDefinitionNode?

    package init(
        name: String,
        description: String?,
        arguments: DefinitionMap<InputValueDefinition>,
        isRepeatable: Bool,
        locations: [DirectiveLocation],
        node: DirectiveDefinitionNode? = nil
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
        self.node = node
    }
}
